package io.secateur.train;

import io.secateur.data.PartitionData;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rounds on a local master: tasks run in the driver's JVM, so they find the input, and leave their
 * results, in its memory. Spark schedules and retries them as ever; what it would serialise, copy
 * and read back twice is a third of a round of a small network.
 */
final class SharedRounds implements RoundTransport {
  private static final ConcurrentHashMap<UUID, Round> OPEN = new ConcurrentHashMap<>();

  private final TrainingSite site;

  SharedRounds(TrainingSite site) {
    this.site = site;
  }

  /** Results by partition: attempts of a task leave equal ones, and the last is as good as any. */
  private record Round(RoundInput input, ConcurrentHashMap<Integer, RoundResult> results) {}

  @Override
  public List<RoundResult> run(RoundInput input, TrainingSite.WorkerRound worker) {
    UUID id = UUID.randomUUID();
    Round round = new Round(input, new ConcurrentHashMap<>());
    OPEN.put(id, round);
    try {
      List<Integer> partitions = site.run(new Task(worker, id), Integer.class);
      return partitions.stream().map(round.results()::get).toList();
    } finally {
      OPEN.remove(id);
    }
  }

  /** Tells its partition, where its result is. */
  private static final class Task extends PartitionTask<Integer> {
    private static final long serialVersionUID = 1L;

    private final TrainingSite.WorkerRound worker;
    private final UUID id;

    Task(TrainingSite.WorkerRound worker, UUID id) {
      this.worker = worker;
      this.id = id;
    }

    @Override
    Integer run(PartitionData data) {
      Round round = OPEN.get(id);
      if (round == null) {
        throw new IllegalStateException("an attempt that outlived its round");
      }
      round.results().put(data.partition(), worker.run(data, round.input()));
      return data.partition();
    }
  }
}
