package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.data.PartitionData;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Mask;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** What tasks do with shards: pure functions of what they read. */
final class ShardTasks {
  private ShardTasks() {}

  /** The travelling arrays, put together from shards. */
  private static final class Assembled {
    private final float[] weights;
    private final float[] others;
    private final float[] velocity;

    /** Reads as many shards as expected: all of them, or those of the parameters. */
    Assembled(ShardLayout layout, int expected, Iterator<Shard> shards) {
      boolean withVelocity = expected > layout.parameterShards();
      this.weights = new float[layout.survivors()];
      this.others = new float[layout.others()];
      this.velocity = new float[withVelocity ? weights.length + others.length : 0];
      int read = 0;
      for (; shards.hasNext(); read++) {
        Shard shard = shards.next();
        layout.place(shard.number(), shard.values(), weights, others, velocity);
      }
      if (read != expected) {
        throw new IllegalStateException("read " + read + " shards of " + expected);
      }
    }
  }

  /** Trains one worker from all shards, and cuts its result into pieces. */
  static final class Train
      implements FlatMapFunction2<
          Iterator<PartitionData>, Iterator<Shard>, Tuple2<Integer, ShardPiece>> {
    private static final long serialVersionUID = 1L;

    private final TrainingSite.WorkerRound worker;
    private final RoundInput round;
    private final ShardLayout layout;

    /**
     * @param round an input without arrays
     */
    Train(TrainingSite.WorkerRound worker, RoundInput round, ShardLayout layout) {
      this.worker = worker;
      this.round = round;
      this.layout = layout;
    }

    @Override
    public Iterator<Tuple2<Integer, ShardPiece>> call(
        Iterator<PartitionData> data, Iterator<Shard> shards) {
      PartitionData rows = data.next();
      RoundResult result = worker.run(rows, input(shards));
      // cut when it is written, so that only one piece is held
      return IntStream.range(0, layout.shards())
          .mapToObj(shard -> new Tuple2<>(shard, piece(rows.partition(), shard, result)))
          .iterator();
    }

    private RoundInput input(Iterator<Shard> shards) {
      Assembled arrays = new Assembled(layout, layout.shards(), shards);
      return round.holding(arrays.weights, arrays.others, arrays.velocity);
    }

    private ShardPiece piece(int partition, int shard, RoundResult result) {
      float[] values =
          result.examples() == 0
              ? new float[0]
              : layout.cut(shard, result.weights(), result.others(), result.velocity());
      return new ShardPiece(partition, result, values);
    }
  }

  /** Adds the pieces of a shard in the order of the workers, whatever the order of arrival. */
  static final class Average
      implements FlatMapFunction<Iterator<Tuple2<Integer, ShardPiece>>, Shard> {
    private static final long serialVersionUID = 1L;

    private final int workers;
    private final ShardLayout layout;
    private final FrozenRanges frozen;

    Average(int workers, ShardLayout layout, FrozenRanges frozen) {
      this.workers = workers;
      this.layout = layout;
      this.frozen = frozen;
    }

    @Override
    public Iterator<Shard> call(Iterator<Tuple2<Integer, ShardPiece>> arriving) {
      ShardPiece[] pieces = new ShardPiece[workers];
      int shard = -1;
      int found = 0;
      for (; arriving.hasNext(); found++) {
        Tuple2<Integer, ShardPiece> piece = arriving.next();
        shard = piece._1();
        pieces[piece._2().worker()] = piece._2();
      }
      if (found != workers) {
        throw new IllegalStateException(found + " pieces of shard " + shard + " of " + workers);
      }
      float[] unmoved = null;
      WeightedSum sum = new WeightedSum(layout.length(shard));
      RoundOutcome outcome = new RoundOutcome(0, 0);
      for (int worker = 0; worker < workers; worker++) {
        ShardPiece piece = pieces[worker];
        pieces[worker] = null; // its memory is needed
        sum.add(piece.values(), piece.examples());
        unmoved = piece.examples() > 0 ? piece.values() : unmoved;
        outcome = outcome.beside(piece.outcome());
      }
      float[] average = sum.average();
      if (layout.isVelocity(shard)) {
        frozen.stop(average, layout.first(shard));
      } else {
        // every worker returns what is frozen as it got it
        frozen.putBack(average, unmoved, layout.first(shard));
      }
      return Collections.singleton(new Shard(shard, average, outcome)).iterator();
    }
  }

  /** Reads a shard from its file. */
  static final class Read implements Function<Integer, Shard> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> configuration;
    private final String folder;
    private final ShardLayout layout;

    Read(Broadcast<SerializableConfiguration> configuration, String folder, ShardLayout layout) {
      this.configuration = configuration;
      this.folder = folder;
      this.layout = layout;
    }

    @Override
    public Shard call(Integer number) {
      Configuration sent = configuration.value().value();
      float[] values = ShardFile.read(sent, new Path(folder), number, layout.length(number));
      return new Shard(number, values, new RoundOutcome(0, 0));
    }
  }

  /** Writes a shard to its file. */
  static final class Write implements VoidFunction<Shard> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> configuration;
    private final String folder;

    Write(Broadcast<SerializableConfiguration> configuration, String folder) {
      this.configuration = configuration;
      this.folder = folder;
    }

    @Override
    public void call(Shard shard) {
      Configuration sent = configuration.value().value();
      ShardFile.write(sent, new Path(folder), shard.number(), shard.values());
    }
  }

  /** Scores a slice of rows in whole batches, from the shards of the parameters. */
  static final class Score
      implements FlatMapFunction2<Iterator<Integer>, Iterator<Shard>, RowScores> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingPlan> plan;
    private final Broadcast<Mask> mask;
    private final Broadcast<LabelledImages> rows;
    private final ShardLayout layout;
    private final int slices;

    Score(
        Broadcast<TrainingPlan> plan,
        Broadcast<Mask> mask,
        Broadcast<LabelledImages> rows,
        ShardLayout layout,
        int slices) {
      this.plan = plan;
      this.mask = mask;
      this.rows = rows;
      this.layout = layout;
      this.slices = slices;
    }

    @Override
    public Iterator<RowScores> call(Iterator<Integer> slice, Iterator<Shard> shards) {
      LabelledImages images = rows.value();
      int number = slice.next();
      int from = start(number, images.count());
      int to = Math.min(start(number + 1, images.count()), images.count());
      if (from >= to) {
        return Collections.emptyIterator();
      }
      TrainingPlan sent = plan.value();
      Assembled arrays = new Assembled(layout, layout.parameterShards(), shards);
      ParameterLayout tensors = ParameterLayout.of(sent.network().topology());
      float[] weights = new float[tensors.weightCount()];
      mask.value().scatter(arrays.weights, weights);
      NetworkParameters parameters = NetworkParameters.wrapping(tensors, weights, arrays.others);
      try (Predictor predictor = sent.engine().predictor(sent.network(), parameters)) {
        RowScores scores = Evaluator.score(predictor, images, from, to);
        return Collections.singleton(scores).iterator();
      }
    }

    /** The first row of a slice: a whole number of batches comes before it. */
    private int start(int slice, int count) {
      long batches = ((long) count + Predictor.BATCH - 1) / Predictor.BATCH;
      return (int) (batches * slice / slices) * Predictor.BATCH;
    }
  }
}
