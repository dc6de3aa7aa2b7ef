package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** The shards of one state on the executors: partition s of an RDD holds shard s. */
final class ShardSet {
  private static final float[] NONE = {};

  private final JavaRDD<Shard> shards;
  private final ShardLayout layout;
  private final Mask mask;

  /** What was shuffled to make them; null when they came from elsewhere. */
  private final JavaPairRDD<Integer, ShardPiece> shuffled;

  /** Where their files are; null when they have none. */
  private final String files;

  private ShardSet(
      JavaRDD<Shard> shards,
      ShardLayout layout,
      Mask mask,
      JavaPairRDD<Integer, ShardPiece> shuffled,
      String files) {
    this.shards = shards;
    this.layout = layout;
    this.mask = mask;
    this.shuffled = shuffled;
    this.files = files;
  }

  /** Sends a state from the driver; each shard travels once, and is written to the folder. */
  static ShardSet send(TrainingSite site, TrainingState state, ShardFolder folder) {
    Mask mask = site.mask();
    float[] weights = mask.gather(state.parameters().weights());
    float[] others = state.parameters().others();
    float[] velocity = state.velocity(mask);
    ShardLayout layout = ShardLayout.of(weights.length, others.length, site.plan().partitions());
    List<Broadcast<float[]>> sent = new ArrayList<>();
    IntStream.range(0, layout.shards())
        .mapToObj(shard -> site.spark().broadcast(layout.cut(shard, weights, others, velocity)))
        .forEach(sent::add);
    JavaRDD<Shard> arrived =
        numbers(site, layout.shards())
            .map(shard -> new Shard(shard, sent.get(shard).value(), new RoundOutcome(0, 0)));
    ShardSet written = written(arrived, layout, mask, folder);
    sent.forEach(Broadcast::destroy);
    return written;
  }

  private static JavaRDD<Integer> numbers(TrainingSite site, int count) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return site.spark().parallelize(List.copyOf(numbers), count);
  }

  /** The set after one more round; nothing is computed yet. */
  ShardSet trained(TrainingSite site, RoundSettings settings) {
    int workers = site.plan().partitions();
    RoundInput round = site.input(settings, NONE, NONE, NONE);
    JavaPairRDD<Integer, ShardPiece> pieces =
        site.partitions()
            .zipPartitions(
                EveryShard.of(shards, layout.shards(), workers),
                new ShardTasks.Train(site.worker(settings), round, layout))
            .mapToPair(piece -> piece)
            .partitionBy(new HashPartitioner(layout.shards()));
    JavaRDD<Shard> averages =
        pieces
            .mapPartitions(new ShardTasks.Average(workers, layout))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new ShardSet(averages, layout, mask, pieces, null);
  }

  /** Computes the shards, wherever they will lie. */
  RoundOutcome materialise() {
    return SparkFailures.translating(() -> shards.map(Shard::withoutValues).collect())
        .get(0)
        .outcome();
  }

  /** The same values in a set that rests on files. */
  ShardSet written(ShardFolder folder) {
    return written(shards, layout, mask, folder);
  }

  /** A step of its own that copies nothing: all before it is forgotten, closures included. */
  private static ShardSet written(
      JavaRDD<Shard> shards, ShardLayout layout, Mask mask, ShardFolder folder) {
    JavaRDD<Shard> copy = shards.map(shard -> shard).persist(StorageLevel.MEMORY_AND_DISK());
    String files = folder.write(copy);
    return new ShardSet(copy, layout, mask, null, files);
  }

  /** Scores rows on the executors, slice after slice. */
  List<RowScores> score(TrainingSite site, Broadcast<LabelledImages> rows) {
    int slices = site.plan().partitions();
    return SparkFailures.translating(
        () ->
            numbers(site, slices)
                .zipPartitions(
                    EveryShard.of(shards, layout.parameterShards(), slices),
                    new ShardTasks.Score(site.sentPlan(), site.sentMask(), rows, layout, slices))
                .collect());
  }

  /** Brings parameters and velocity to the driver, one shard after the other. */
  TrainingState collect(NetworkDefinition network) {
    float[] velocity = new float[layout.survivors() + layout.others()];
    TrainingState state = TrainingState.startingFrom(collect(network, layout.shards(), velocity));
    float[] ofWeights = Arrays.copyOf(velocity, layout.survivors());
    mask.scatter(ofWeights, state.weightVelocity());
    System.arraycopy(velocity, layout.survivors(), state.otherVelocity(), 0, layout.others());
    return state;
  }

  /** Brings the parameters to the driver, one shard after the other. */
  NetworkParameters collectParameters(NetworkDefinition network) {
    return collect(network, layout.parameterShards(), NONE);
  }

  private NetworkParameters collect(NetworkDefinition network, int count, float[] velocity) {
    return SparkFailures.translating(
        () -> {
          NetworkParameters parameters =
              NetworkParameters.zeros(ParameterLayout.of(network.topology()));
          float[] weights = new float[layout.survivors()];
          Iterator<Shard> arriving = shards.toLocalIterator(); // a Spark job for each
          for (int i = 0; i < count; i++) {
            Shard shard = arriving.next();
            layout.place(shard.number(), shard.values(), weights, parameters.others(), velocity);
          }
          mask.scatter(weights, parameters.weights());
          return parameters;
        });
  }

  /** Lets executors drop it from memory; it can still be computed again. */
  void unpersist() {
    shards.unpersist(false);
  }

  /**
   * Deletes the files of the shuffles that made this set, back to the last one that was written. It
   * can't be computed again afterwards.
   */
  void forgetShuffles() {
    if (shuffled != null) {
      shuffled.rdd().cleanShuffleDependencies(true);
    }
  }

  void deleteFiles(ShardFolder folder) {
    unpersist();
    if (files != null) {
      folder.delete(files);
    }
  }
}
