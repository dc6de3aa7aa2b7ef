package io.secateur.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.prune.Pruner;
import io.secateur.prune.SweepLevels;
import io.secateur.prune.ThresholdSelector;
import io.secateur.prune.WeightRange;
import io.secateur.tensor.Mask;
import io.secateur.train.Evaluator;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.RoundSettings;
import io.secateur.train.SchedulerPool;
import io.secateur.train.SparkRuntime;
import io.secateur.train.SparkTrainer;
import io.secateur.train.TrainingPlan;
import io.secateur.train.TrainingState;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.engine.NativeEngine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SensitivitySweepTest {
  /** Three whole batches and a short one. */
  private static final LabelledImages ROWS = SampleDigits.testRows();

  private static final NetworkDefinition NETWORK =
      Dl4jNetworks.render(ShippedNetwork.LENET_5.topology());
  private static final NetworkParameters PARAMETERS = InitialWeights.of(NETWORK.topology(), 5);
  private static final SweepLevels LEVELS =
      new SweepLevels(
          SweepLevels.Kind.SPARSITY, Stream.of("0.5", "0.8", "0.95").map(BigDecimal::new).toList());
  private static final RoundSettings SETTINGS =
      new RoundSettings(1, 5, 0, 1, 0.05, 0.9, 0, 1e-4, DropoutPolicy.ADJUST);
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() {
    spark = SparkRuntime.open("local[2]", "sweep");
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  private static SensitivitySweep sweep(Mask survivors, SweepLevels levels) {
    return sweep(survivors, levels, Optional.empty());
  }

  private static SensitivitySweep sweep(
      Mask survivors, SweepLevels levels, Optional<ShortRetraining> retraining) {
    return new SensitivitySweep(
        NativeEngine.ofThisProcess(),
        NETWORK,
        PARAMETERS,
        survivors,
        Pruner.denseCounts(PARAMETERS.layout()),
        ROWS,
        levels,
        retraining);
  }

  private static Mask full() {
    return Mask.full(PARAMETERS.weights().length);
  }

  @Test
  void aCellHasTheErrorsOfAPlainEvaluation() {
    List<SensitivityCurve> curves =
        sweep(full(), LEVELS).run(spark, new SensitivityTable(), table -> {});

    assertThat(curves.stream().map(SensitivityCurve::layer))
        .containsExactly("conv1", "conv2", "fc1", "fc2");
    List<WeightRange> ranges = WeightRange.of(PARAMETERS.layout());
    for (int layer = 0; layer < ranges.size(); layer++) {
      WeightRange range = ranges.get(layer);
      assertThat(curves.get(layer).points()).hasSize(4);
      for (SensitivityPoint point : curves.get(layer).points()) {
        NetworkParameters cut = PARAMETERS.copy();
        long keep = Math.round((1 - point.sparsity()) * range.length());
        ThresholdSelector.keepLargest(cut.weights(), full(), List.of(range), keep)
            .zeroAbsent(cut.weights());
        assertThat(point.errors())
            .isEqualTo(
                Evaluator.evaluate(NativeEngine.ofThisProcess(), NETWORK, cut, ROWS).errors());
      }
    }
  }

  @Test
  void levelsAreExactAndTheNetworkAsItIsComesFirst() {
    SensitivityCurve conv1 =
        sweep(full(), LEVELS).run(spark, new SensitivityTable(), table -> {}).get(0);

    assertThat(conv1.points().stream().map(SensitivityPoint::sparsity))
        .containsExactly(0.0, 0.5, 0.8, 0.95);
    assertThat(conv1.points().get(0).threshold()).isZero();
    assertThat(conv1.weights()).isEqualTo(500);
  }

  @Test
  void qualitiesCutAtSoManyDeviations() {
    SweepLevels levels =
        new SweepLevels(SweepLevels.Kind.QUALITY, List.of(BigDecimal.ONE, BigDecimal.TEN));

    SensitivityCurve fc1 =
        sweep(full(), levels).run(spark, new SensitivityTable(), table -> {}).get(2);

    double sigma = fc1.statistics().sigma();
    long above = 0;
    WeightRange range = WeightRange.of(PARAMETERS.layout()).get(2);
    for (int i = range.from(); i < range.to(); i++) {
      above += Math.abs(PARAMETERS.weights()[i]) > sigma ? 1 : 0;
    }
    assertThat(fc1.points().get(1).threshold()).isEqualTo(sigma);
    assertThat(fc1.points().get(1).sparsity()).isEqualTo(1 - above / 400_000.0);
    assertThat(fc1.points().get(2).sparsity()).isEqualTo(1);
  }

  @Test
  void whatWasMeasuredBeforeIsNotMeasuredAgain() {
    SensitivitySweep sweep = sweep(full(), LEVELS);
    SensitivityTable whole = new SensitivityTable();
    AtomicInteger cells = new AtomicInteger();
    sweep.run(spark, whole, table -> cells.incrementAndGet());
    // four cells of the network as it is are one task
    assertThat(cells).hasValue(13);
    String csv = new String(sweep.toCsv(whole), StandardCharsets.UTF_8);
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(17);
    assertThat(lines.get(0)).isEqualTo("layer,sparsity,threshold,examples,errors,errorPercent");
    assertThat(lines.get(1)).startsWith("conv1,0,0,200,");

    // a figure that no evaluation gives, to see that it is taken as it stands
    String first = lines.get(2).replaceAll(",\\d+,[0-9.]+$", ",0,0");
    String begun = String.join("\n", List.of(lines.get(0), first, lines.get(7), lines.get(1)));
    SensitivityTable resumed = SensitivityTable.parse(begun.getBytes(StandardCharsets.UTF_8));
    assertThat(sweep.done(resumed)).isEqualTo(3);
    cells.set(0);
    sweep.run(spark, resumed, table -> cells.incrementAndGet());

    assertThat(cells).hasValue(11);
    assertThat(new String(sweep.toCsv(resumed), StandardCharsets.UTF_8))
        .isEqualTo(csv.replace(lines.get(2), first));
    sweep.run(spark, resumed, table -> cells.incrementAndGet());
    assertThat(cells).hasValue(11);
  }

  @Test
  void aNetworkThatIsPrunedAlreadyStartsFromItsSparsity() {
    Mask survivors = Mask.where(PARAMETERS.weights().length, i -> i % 4 != 0);

    SensitivityCurve fc2 =
        sweep(survivors, LEVELS).run(spark, new SensitivityTable(), t -> {}).get(3);

    assertThat(fc2.points().get(0).sparsity()).isEqualTo(0.25);
    assertThat(fc2.points().get(1).sparsity()).isEqualTo(0.5);
  }

  private static Optional<ShortRetraining> oneEpochOn(int examples) {
    TrainingPlan plan =
        new TrainingPlan(
            "retrained", NativeEngine.ofThisProcess(), NETWORK, 1, 32, ShiftAugmentation.none(), 7);
    TrainingRows rows = SampleDigits.splits().trainingRows().first(examples);
    return Optional.of(new ShortRetraining(plan, rows, new Configuration(), 2, SETTINGS));
  }

  /** The slow way: a trainer of the test's own, weights put back to zero by their mask. */
  @Test
  void aRetrainedCellHasTheErrorsOfTheNetworkRetrainedWithItsMask() {
    SweepLevels level = new SweepLevels(SweepLevels.Kind.SPARSITY, List.of(new BigDecimal("0.9")));

    List<SensitivityCurve> curves =
        sweep(full(), level, oneEpochOn(96)).run(spark, new SensitivityTable(), table -> {});

    WeightRange fc1 = WeightRange.of(PARAMETERS.layout()).get(2);
    Mask mask = ThresholdSelector.keepLargest(PARAMETERS.weights(), full(), List.of(fc1), 40_000);
    TrainingState state = TrainingState.startingFrom(PARAMETERS.copy());
    state.apply(mask);
    TrainingPlan plan =
        new TrainingPlan(
            "slow", NativeEngine.ofThisProcess(), NETWORK, 1, 32, ShiftAugmentation.none(), 7);
    try (SparkTrainer trainer =
        new SparkTrainer(spark, plan, SampleDigits.splits().trainingRows().first(96))) {
      trainer.begin(state, mask);
      for (int epoch = 5; epoch < 7; epoch++) {
        trainer.round(new RoundSettings(1, epoch, 0, 3, 0.05, 0.9, 0, 1e-4, SETTINGS.dropout()));
      }
      assertThat(curves.get(2).points().get(1).errors())
          .isEqualTo(trainer.evaluate(ROWS).errors())
          .isNotEqualTo(
              sweep(full(), level)
                  .run(spark, new SensitivityTable(), table -> {})
                  .get(2)
                  .points()
                  .get(1)
                  .errors());
    }
  }

  @Test
  void retrainedCellsAreTheSameWhateverRunsBeside() {
    SensitivityTable two = new SensitivityTable();
    SensitivitySweep sweep = sweep(full(), LEVELS, oneEpochOn(64));
    sweep.run(spark, two, table -> {});
    SensitivityTable again = new SensitivityTable();

    sweep.run(spark, again, table -> {});

    assertThat(sweep.toCsv(again)).isEqualTo(sweep.toCsv(two));
  }

  /** Under first come, first served the second would have nothing before the first is done. */
  @Test
  void sweepsOfTwoThreadsShareTheContext() throws Exception {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    Queue<String> pools = new ConcurrentLinkedQueue<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            pools.add(job.properties().getProperty("spark.scheduler.pool", "none"));
          }
        };
    spark.sc().addSparkListener(listener);
    SweepLevels many =
        new SweepLevels(
            SweepLevels.Kind.SPARSITY,
            IntStream.range(1, 30).mapToObj(i -> new BigDecimal(i).movePointLeft(2)).toList());
    CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<List<SensitivityCurve>> one =
          threads.submit(
              () ->
                  SchedulerPool.run(
                      spark,
                      "one",
                      () ->
                          sweep(full(), many)
                              .run(
                                  spark,
                                  new SensitivityTable(),
                                  table -> {
                                    order.add("one");
                                    firstIsUnderWay.countDown();
                                  })));
      assertThat(firstIsUnderWay.await(60, TimeUnit.SECONDS)).isTrue();
      Future<List<SensitivityCurve>> two =
          threads.submit(
              () ->
                  SchedulerPool.run(
                      spark,
                      "two",
                      () ->
                          sweep(full(), LEVELS)
                              .run(spark, new SensitivityTable(), table -> order.add("two"))));

      assertThat(two.get().get(0).points().stream().map(SensitivityPoint::errors))
          .containsExactlyElementsOf(
              sweep(full(), LEVELS)
                  .run(spark, new SensitivityTable(), table -> {})
                  .get(0)
                  .points()
                  .stream()
                  .map(SensitivityPoint::errors)
                  .toList());
      assertThat(one.get()).hasSize(4);
    } finally {
      threads.shutdown();
      spark.sc().removeSparkListener(listener);
    }
    List<String> cells = List.copyOf(order);
    assertThat(cells.indexOf("two")).isLessThan(cells.lastIndexOf("one"));
    assertThat(pools).contains("one", "two");
  }
}
