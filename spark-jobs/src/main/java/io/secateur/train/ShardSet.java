package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Mask;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
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
  private final Path files;

  private ShardSet(
      JavaRDD<Shard> shards,
      ShardLayout layout,
      Mask mask,
      JavaPairRDD<Integer, ShardPiece> shuffled,
      Path files) {
    this.shards = shards;
    this.layout = layout;
    this.mask = mask;
    this.shuffled = shuffled;
    this.files = files;
  }

  /** Hands a state of the driver's to the executors, by way of the folder. */
  static ShardSet send(TrainingSite site, TrainingState state, ShardFolder folder) {
    Mask mask = site.mask();
    float[] weights = mask.gather(state.parameters().weights());
    float[] others = state.parameters().others();
    float[] velocity = state.velocity(mask);
    ShardLayout layout = ShardLayout.of(weights.length, others.length, site.plan().partitions());
    Path files = folder.next();
    for (int shard = 0; shard < layout.shards(); shard++) {
      float[] values = layout.cut(shard, weights, others, velocity);
      ShardFile.write(folder.configuration(), files, shard, values);
    }
    return read(site, layout, mask, files);
  }

  /** Shards that are read from their files, and know of nothing before. */
  private static ShardSet read(TrainingSite site, ShardLayout layout, Mask mask, Path files) {
    JavaRDD<Shard> shards =
        numbers(site, layout.shards())
            .map(new ShardTasks.Read(site.configuration(), files.toString(), layout))
            .persist(StorageLevel.MEMORY_AND_DISK());
    ShardSet set = new ShardSet(shards, layout, mask, null, files);
    set.materialise(); // each shard on one executor, before all of them ask for it
    return set;
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
    FrozenRanges frozen =
        FrozenRanges.of(
            ParameterLayout.of(site.plan().network().topology()), mask, settings.frozen());
    JavaRDD<Shard> averages =
        pieces
            .mapPartitions(new ShardTasks.Average(workers, layout, frozen))
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
  ShardSet written(TrainingSite site, ShardFolder folder) {
    Path to = folder.next();
    SparkFailures.translating(
        () -> {
          shards.foreach(new ShardTasks.Write(site.configuration(), to.toString()));
          return to;
        });
    return read(site, layout, mask, to);
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

  /** Brings parameters and velocity from the executors, one shard after the other. */
  TrainingState collect(NetworkDefinition network) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(network.topology()));
    TrainingState state = TrainingState.startingFrom(parameters);
    float[] weights = new float[layout.survivors()];
    float[] velocity = new float[layout.survivors() + layout.others()];
    Iterator<Shard> arriving = shards.toLocalIterator(); // a Spark job for each
    while (SparkFailures.translating(arriving::hasNext)) {
      Shard shard = SparkFailures.translating(arriving::next);
      layout.place(shard.number(), shard.values(), weights, parameters.others(), velocity);
    }
    mask.scatter(weights, parameters.weights());
    System.arraycopy(velocity, 0, weights, 0, weights.length);
    mask.scatter(weights, state.weightVelocity());
    System.arraycopy(velocity, weights.length, state.otherVelocity(), 0, layout.others());
    return state;
  }

  /** The parameters alone, from their files. */
  NetworkParameters readParameters(NetworkDefinition network, ShardFolder folder) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(network.topology()));
    float[] weights = new float[layout.survivors()];
    for (int shard = 0; shard < layout.parameterShards(); shard++) {
      float[] values = ShardFile.read(folder.configuration(), files, shard, layout.length(shard));
      layout.place(shard, values, weights, parameters.others(), NONE);
    }
    mask.scatter(weights, parameters.weights());
    return parameters;
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
