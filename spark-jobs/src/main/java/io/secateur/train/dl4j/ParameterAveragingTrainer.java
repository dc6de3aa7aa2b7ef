package io.secateur.train.dl4j;

import static java.util.Objects.requireNonNull;

import io.secateur.data.LabelledImages;
import io.secateur.data.MinibatchReader;
import io.secateur.data.PartitionData;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.tensor.Mask;
import io.secateur.train.CachedPartitions;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.FrozenRanges;
import io.secateur.train.RoundChecks;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.SparkFailures;
import io.secateur.train.StateOnDriver;
import io.secateur.train.TrainingPlan;
import io.secateur.train.TrainingState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * DL4J's own ParameterAveragingTrainingMaster behind the interface of our loop: each round is one
 * of its splits, its updater state is saved and averaged, and the mask is put on again after the
 * average. Workers train all weights in between. For comparison: it adds in the order in which
 * results arrive and gives every worker the same share, so it promises no equal bits, and its loss
 * is that of each worker's last minibatch, regularisation included.
 */
public final class ParameterAveragingTrainer implements DataParallelTrainer {
  private final JavaSparkContext spark;
  private final TrainingPlan plan;
  private final CachedPartitions partitions;
  private final Broadcast<TrainingPlan> sentPlan;
  private final TrainingRows rows;
  private final ParameterLayout layout;
  private final StateOnDriver state;
  private Mask mask;

  public ParameterAveragingTrainer(JavaSparkContext spark, TrainingPlan plan, TrainingRows rows) {
    Dl4jRuntime.prepare();
    this.spark = spark;
    this.plan = plan;
    this.rows = rows;
    this.state = new StateOnDriver(plan);
    this.layout = ParameterLayout.of(plan.network().topology());
    this.partitions = CachedPartitions.of(spark, rows, plan.partitions());
    this.sentPlan = spark.broadcast(plan);
  }

  @Override
  public void begin(TrainingState handedOver, Mask itsMask) {
    state.begin(handedOver);
    mask = requireNonNull(itsMask, "mask");
  }

  @Override
  public TrainingState state() {
    return state.get();
  }

  @Override
  public Evaluation evaluate(LabelledImages rows) {
    return state.evaluate(rows);
  }

  @Override
  public void keep() {
    state.keep();
  }

  @Override
  public Optional<NetworkParameters> kept() {
    return state.kept();
  }

  @Override
  public RoundOutcome round(RoundSettings settings) {
    TrainingState trained = state.get();
    NetworkParameters parameters = trained.parameters();
    Dl4jModel network = network(settings);
    float[] weightsBefore = parameters.weights().clone();
    float[] othersBefore = parameters.others().clone();
    FlatLayout flat = FlatLayout.of(network, layout);
    flat.write(parameters.weights(), parameters.others(), Memory.of(network.parameters()));
    INDArray velocity = network.updaterState();
    FlatLayout velocities = FlatLayout.ofVelocity(network, layout);
    velocities.write(trained.weightVelocity(), trained.otherVelocity(), Memory.of(velocity));

    JavaRDD<DataSet> minibatches = partitions.rdd().flatMap(new Minibatches(sentPlan, settings));
    Dl4jModel.Averaged averaged =
        SparkFailures.translating(
            () -> network.average(spark, master(settings.minibatches()), minibatches));

    Dl4jModel average = averaged.model();
    flat.read(Memory.of(average.parameters()), parameters.weights(), parameters.others());
    velocities.read(
        Memory.of(average.updaterState()), trained.weightVelocity(), trained.otherVelocity());
    FrozenRanges frozen =
        FrozenRanges.of(layout, Mask.full(layout.weightCount()), settings.frozen());
    frozen.putBack(parameters.weights(), weightsBefore, 0);
    frozen.putBack(parameters.others(), othersBefore, layout.weightCount());
    frozen.stop(trained.weightVelocity(), 0);
    frozen.stop(trained.otherVelocity(), layout.weightCount());
    trained.apply(mask);
    trained.requireZerosOutside(mask);
    long examples = examplesOf(settings);
    RoundOutcome outcome = new RoundOutcome(examples, averaged.score() * examples);
    RoundChecks.requireFiniteLoss(outcome, settings);
    network.close();
    return outcome;
  }

  /** A split of this master is a round of ours: so many minibatches on each worker. */
  private ParameterAveragingTrainingMaster master(int minibatches) {
    return new ParameterAveragingTrainingMaster.Builder(plan.partitions(), plan.batchSize())
        .batchSizePerWorker(plan.batchSize())
        .averagingFrequency(minibatches)
        .workerPrefetchNumBatches(0)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
        .saveUpdater(true)
        .storageLevel(null)
        .build();
  }

  private Dl4jModel network(RoundSettings settings) {
    Dl4jConfiguration configuration =
        Dl4jConfiguration.fromJson(plan.network().dl4jConfiguration());
    for (NamedLayer named : configuration.layers()) {
      if (named.layer() instanceof BaseLayer layer) {
        boolean frozen = settings.frozen().contains(named.node());
        layer.setIUpdater(
            frozen
                ? new Nesterovs(0, 0)
                : new Nesterovs(settings.learningRate(), settings.momentum()));
        layer.setRegularization(frozen ? List.of() : regularization(settings));
      }
    }
    DropoutRates.of(configuration.layers(), plan.network().topology(), mask)
        .follow(settings.dropout());
    return configuration.init();
  }

  private static List<Regularization> regularization(RoundSettings settings) {
    List<Regularization> regularization = new ArrayList<>();
    if (settings.l1() > 0) {
      regularization.add(new L1Regularization(settings.l1()));
    }
    if (settings.l2() > 0) {
      regularization.add(new L2Regularization(settings.l2()));
    }
    return regularization;
  }

  private long examplesOf(RoundSettings settings) {
    long first = (long) settings.round() * settings.minibatches() * plan.batchSize();
    long most = (long) settings.minibatches() * plan.batchSize();
    long examples = 0;
    for (int partition = 0; partition < plan.partitions(); partition++) {
      long left = rows.rowsOf(partition, plan.partitions()) - first;
      examples += Math.max(0, Math.min(most, left));
    }
    return examples;
  }

  @Override
  public int minibatchesPerEpoch() {
    return partitions.minibatchesPerEpoch(plan.batchSize());
  }

  @Override
  public void close() {
    partitions.close();
    if (!spark.sc().isStopped()) {
      sentPlan.destroy();
    }
  }

  /** A worker's minibatches of one round as DL4J wants them. */
  private static final class Minibatches implements FlatMapFunction<PartitionData, DataSet> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<TrainingPlan> plan;
    private final int epoch;
    private final int round;
    private final int minibatches;

    Minibatches(Broadcast<TrainingPlan> plan, RoundSettings settings) {
      this.plan = plan;
      this.epoch = settings.epoch();
      this.round = settings.round();
      this.minibatches = settings.minibatches();
    }

    @Override
    public Iterator<DataSet> call(PartitionData data) {
      Dl4jRuntime.prepare();
      TrainingPlan sent = plan.value();
      MinibatchReader reader = sent.readerOf(data);
      reader.startEpoch(epoch);
      long[] shape = Dl4jNetwork.featureShape(sent.network());
      float[] features = new float[sent.batchSize() * reader.pixelsPerRow()];
      int[] labels = new int[sent.batchSize()];
      int classes = sent.network().topology().output().outputShape().elements();
      long first = Math.min((long) round * minibatches, reader.minibatches());
      long end = Math.min(first + minibatches, reader.minibatches());
      return IntStream.range((int) first, (int) end)
          .mapToObj(
              minibatch -> {
                int count = reader.read(minibatch, features, labels);
                Batch batch = new Batch(count, shape, classes);
                batch.fill(features);
                batch.label(labels);
                return new DataSet(batch.features(), batch.labels());
              })
          .iterator();
    }
  }
}
