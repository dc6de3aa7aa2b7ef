package io.secateur.train;

import io.secateur.data.PartitionData;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The input goes out as a broadcast, results come back as those of the tasks. */
final class SentRounds implements RoundTransport {
  private final TrainingSite site;

  SentRounds(TrainingSite site) {
    this.site = site;
  }

  @Override
  public List<RoundResult> run(RoundInput input, TrainingSite.WorkerRound worker) {
    Broadcast<RoundInput> sent = site.spark().broadcast(input);
    try {
      return site.run(new Task(worker, sent), RoundResult.class);
    } finally {
      sent.destroy();
    }
  }

  private static final class Task extends PartitionTask<RoundResult> {
    private static final long serialVersionUID = 1L;

    private final TrainingSite.WorkerRound worker;
    private final Broadcast<RoundInput> input;

    Task(TrainingSite.WorkerRound worker, Broadcast<RoundInput> input) {
      this.worker = worker;
      this.input = input;
    }

    @Override
    RoundResult run(PartitionData data) {
      return worker.run(data, input.value());
    }
  }
}
