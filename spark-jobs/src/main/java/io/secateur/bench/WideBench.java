package io.secateur.bench;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.TrainingRows;
import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.Aggregation;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Engine;
import io.secateur.train.InitialWeights;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.SparkRuntime;
import io.secateur.train.TrainingPlan;
import io.secateur.train.TrainingState;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the network carries while a dense network of 20 million parameters is trained with one
 * partition on each executor: bytes, not seconds. Counted at the sockets of this process and of its
 * executors, broadcasts and heartbeats included; the master and the workers of a local cluster run
 * in this process, so that their talk counts too.
 */
public final class WideBench {
  private static final int WIDTH = 4096;
  private static final int BATCH = 64;
  private static final int SEED = 1;
  private static final int WARM_ROUNDS = 1;

  /** The state is written once in five rounds: each series has one such round. */
  private static final int COUNTED_ROUNDS = 5;

  private final Engine engine;
  private final TrainingRows rows;
  private final URI folder;

  /**
   * What one round moved.
   *
   * @param driverSent bytes that left the driver
   * @param driverReceived bytes that arrived there
   * @param executorsSent bytes that left executors, to whomever
   */
  public record Traffic(long driverSent, long driverReceived, long executorsSent) {
    /** In and out. */
    public long driverBytes() {
      return driverSent + driverReceived;
    }
  }

  /**
   * Rounds after the first, which reads the data.
   *
   * @param dense with all weights
   * @param pruned with a mask of 8 % of the weights
   * @param state what came out, after the pruned rounds
   */
  public record Figures(List<Traffic> dense, List<Traffic> pruned, TrainingState state) {
    public Figures {
      dense = List.copyOf(dense);
      pruned = List.copyOf(pruned);
    }
  }

  /**
   * @param rows 784 features, 10 classes at most
   * @param folder for shards, on this machine
   */
  public WideBench(Engine engine, TrainingRows rows, URI folder) {
    this.engine = engine;
    this.rows = rows;
    this.folder = folder;
  }

  /** 784 - 4096 - 4096 - 10: 20,037,642 parameters. */
  public static Topology topology() {
    return Topology.of(
        Node.input("input", Shape.of(784), 1.0 / 255),
        Node.dense("fc1", "input", 784, WIDTH),
        Node.relu("relu1", "fc1", Shape.of(WIDTH)),
        Node.dense("fc2", "relu1", WIDTH, WIDTH),
        Node.relu("relu2", "fc2", Shape.of(WIDTH)),
        Node.dense("fc3", "relu2", WIDTH, 10),
        Node.softmax("softmax", "fc3", Shape.of(10)));
  }

  /** 8 % of the weights, spread evenly. */
  private static Mask eightPercent(int weights) {
    return Mask.where(weights, i -> i % 25 < 2);
  }

  /**
   * Starts a cluster of so many executors in JVMs of their own, trains and counts.
   *
   * @param megabytes of an executor's heap; each needs about 1,400
   * @throws io.secateur.error.JobFailedException when connections can't be counted here
   */
  public Figures run(int executors, int megabytes) {
    SparkConf conf =
        SparkRuntime.configuration(
            LocalExecutors.master(executors, megabytes), "secateur bench wide");
    LocalExecutors.settings(megabytes).forEach(conf::set);
    // as between hosts: no short cut through files of another executor
    conf.set("spark.shuffle.readHostLocalDisk", "false");
    try (JavaSparkContext spark = SparkRuntime.open(conf)) {
      return run(spark, executors);
    }
  }

  /** The same rounds on a context that is there: for a comparison of bits. */
  public Figures run(JavaSparkContext spark, int partitions) {
    TrainingPlan plan =
        new TrainingPlan(
            "bench-wide",
            engine,
            Dl4jNetworks.render(topology()),
            partitions,
            BATCH,
            ShiftAugmentation.none(),
            SEED);
    try (DataParallelTrainer trainer =
        Aggregation.of(spark.getConf(), folder).trainer(spark, plan, rows)) {
      TrainingState state = TrainingState.startingFrom(InitialWeights.of(topology(), SEED));
      int weights = state.parameters().weights().length;
      trainer.begin(state, Mask.full(weights));
      List<Traffic> dense = rounds(trainer, 0);
      state = trainer.state();
      Mask mask = eightPercent(weights);
      state.apply(mask);
      trainer.begin(state, mask);
      List<Traffic> pruned = rounds(trainer, 1);
      return new Figures(dense, pruned, trainer.state());
    }
  }

  private static List<Traffic> rounds(DataParallelTrainer trainer, int epoch) {
    List<Traffic> rounds = new ArrayList<>();
    SocketBytes bytes = new SocketBytes();
    for (int round = 0; round < WARM_ROUNDS + COUNTED_ROUNDS; round++) {
      Traffic before = traffic(bytes);
      RoundOutcome outcome = trainer.round(settings(epoch, round));
      Traffic after = traffic(bytes);
      if (outcome.examples() == 0) {
        throw new IllegalStateException("too few rows for " + (round + 1) + " rounds");
      }
      if (round >= WARM_ROUNDS) {
        rounds.add(
            new Traffic(
                after.driverSent - before.driverSent,
                after.driverReceived - before.driverReceived,
                after.executorsSent - before.executorsSent));
      }
    }
    return rounds;
  }

  private static RoundSettings settings(int epoch, int round) {
    return new RoundSettings(0, epoch, round, 1, 0.02, 0.9, 0, 1e-4, DropoutPolicy.UNCHANGED);
  }

  /** All so far. */
  private static Traffic traffic(SocketBytes bytes) {
    bytes.read();
    ProcessHandle driver = ProcessHandle.current();
    long executors = driver.descendants().mapToLong(child -> bytes.sentBy(child.pid())).sum();
    return new Traffic(bytes.sentBy(driver.pid()), bytes.receivedBy(driver.pid()), executors);
  }
}
