package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.schedule.Cut;
import io.secateur.schedule.Gradual;
import io.secateur.schedule.OneShot;
import io.secateur.schedule.SparsitySchedule;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrunerTest {
  private static final SparsitySchedule ONE_SHOT = new OneShot(1);

  /** Two layers: fc1 has weights 0 to 5, fc2 6 to 9. */
  private static final ParameterLayout SMALL =
      ParameterLayout.of(
          Topology.of(
              Node.input("input", Shape.of(3), 1),
              Node.dense("fc1", "input", 3, 2),
              Node.dense("fc2", "fc1", 2, 2)));

  private static NetworkParameters small(float... weights) {
    return NetworkParameters.wrapping(SMALL, weights, new float[SMALL.otherCount()]);
  }

  private static NetworkParameters increasing() {
    return small(0.1f, -0.2f, 0.3f, -0.4f, 0.5f, -0.6f, 1, -2, 3, -4);
  }

  private static PruneOptions perLayer(PruningCriterion criterion) {
    return new PruneOptions(PruningScope.PER_LAYER, criterion, Set.of(), ONE_SHOT);
  }

  private static PruneOutcome cut(PruneOptions options, NetworkParameters parameters) {
    return Pruner.begin(options, parameters, Mask.full(10), Pruner.denseCounts(SMALL))
        .prune(parameters, Mask.full(10), Fraction.ONE);
  }

  private static TargetSparsity sparsity(String value) {
    return new TargetSparsity(PerLayer.all(Sparsity.of(value)));
  }

  @Test
  void everyLayerReachesItsOwnSparsity() {
    TargetSparsity criterion =
        new TargetSparsity(new PerLayer<>(Sparsity.of("0.5"), Map.of("fc2", Sparsity.of("0.75"))));

    PruneOutcome outcome = cut(perLayer(criterion), increasing());

    assertThat(outcome.mask().indices()).containsExactly(3, 4, 5, 9);
    assertThat(outcome.layers())
        .containsExactly(
            new LayerOutcome("fc1", 6, 3, OptionalDouble.of(0.3f)),
            new LayerOutcome("fc2", 4, 1, OptionalDouble.of(3)));
    assertThat(outcome.sparsity()).isEqualTo(0.6);
  }

  @Test
  void halvesRoundUpToOneMoreSurvivor() {
    // (1 - 0.75) 6 + 1/2 = 2: two of six stay, and of four one.
    assertThat(cut(perLayer(sparsity("0.75")), increasing()).mask().indices())
        .containsExactly(4, 5, 9);
  }

  @Test
  void globalScopeLetsLayersCompete() {
    PruneOptions options =
        new PruneOptions(PruningScope.GLOBAL, sparsity("0.5"), Set.of(), ONE_SHOT);

    assertThat(cut(options, increasing()).mask().indices()).containsExactly(5, 6, 7, 8, 9);
  }

  @Test
  void layerAdaptiveScoresCompete() {
    PruneOptions options =
        new PruneOptions(PruningScope.LAYER_ADAPTIVE, sparsity("0.5"), Set.of(), ONE_SHOT);

    PruneOutcome outcome = cut(options, increasing());

    // fc1's scores, from the largest: 1, 25/61, 16/77, 9/86; fc2's: 1, 9/25, 4/29, 1/30
    assertThat(outcome.mask().indices()).containsExactly(3, 4, 5, 8, 9);
    assertThat(outcome.layers().get(1).threshold()).hasValue(2);
  }

  @Test
  void layerAdaptivePruningLeavesExcludedLayersAlone() {
    PruneOptions options =
        new PruneOptions(PruningScope.LAYER_ADAPTIVE, sparsity("0.5"), Set.of("fc2"), ONE_SHOT);

    assertThat(cut(options, increasing()).mask().indices()).containsExactly(3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void excludedLayersNeitherCountNorChange() {
    PruneOptions options =
        new PruneOptions(PruningScope.GLOBAL, sparsity("0.5"), Set.of("fc2"), ONE_SHOT);

    PruneOutcome outcome = cut(options, increasing());

    assertThat(outcome.mask().indices()).containsExactly(3, 4, 5, 6, 7, 8, 9);
    assertThat(outcome.layers().get(1).threshold()).isEmpty();
  }

  @Test
  void globalThresholdCutsWhatIsNotAboveIt() {
    PruneOptions options =
        new PruneOptions(
            PruningScope.GLOBAL,
            new FixedThreshold(PerLayer.all(new BigDecimal("0.5"))),
            Set.of(),
            ONE_SHOT);

    assertThat(cut(options, increasing()).mask().indices()).containsExactly(5, 6, 7, 8, 9);
  }

  @Test
  void fixedThresholdsGrowWithTheSchedule() {
    NetworkParameters parameters = increasing();
    FixedThreshold criterion =
        new FixedThreshold(new PerLayer<>(new BigDecimal("0.25"), Map.of("fc2", BigDecimal.ONE)));
    Pruner pruner =
        Pruner.begin(perLayer(criterion), parameters, Mask.full(10), Pruner.denseCounts(SMALL));

    assertThat(pruner.prune(parameters, Mask.full(10), Fraction.of(1, 2)).mask().indices())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(pruner.prune(parameters, Mask.full(10), Fraction.ONE).mask().indices())
        .containsExactly(2, 3, 4, 5, 7, 8, 9);
  }

  @Test
  void sigmaIsTakenOnceWhenPruningBegins() {
    NetworkParameters parameters = small(3, -3, 3, -3, 3, -3, 2, -2, 2, -2);
    PruneOptions options = perLayer(new QualityParameter(PerLayer.all(new BigDecimal("0.5"))));
    Pruner pruner = Pruner.begin(options, parameters, Mask.full(10), Pruner.denseCounts(SMALL));
    assertThat(pruner.sigmas()).containsExactly(Map.entry("fc1", 3.0), Map.entry("fc2", 2.0));

    System.arraycopy(new float[] {9, 1, -9, 2, 9, 1}, 0, parameters.weights(), 0, 6);
    PruneOutcome first = pruner.prune(parameters, Mask.full(10), Fraction.of(1, 2));
    PruneOutcome second = pruner.prune(parameters, first.mask(), Fraction.ONE);

    assertThat(first.layers().get(0).threshold()).hasValue(0.75);
    assertThat(second.layers().get(0).threshold()).hasValue(1.5);
    assertThat(second.mask().indices()).containsExactly(0, 2, 3, 4, 6, 7, 8, 9);
    Pruner resumed = Pruner.resume(options, SMALL, Pruner.denseCounts(SMALL), pruner.sigmas());
    assertThat(resumed.prune(parameters, first.mask(), Fraction.ONE)).isEqualTo(second);
  }

  @Test
  void sourcesThatArePrunedAlreadyCountTheWeightsBefore() {
    NetworkParameters parameters = small(0.1f, 0, 0.3f, 0, 0.5f, 0, 1, -2, 3, -4);
    Mask survivors = Mask.ofNonZero(parameters.weights());

    // A half of fc1's six is three: nothing to cut there; fc2 goes from four to two.
    PruneOutcome outcome =
        Pruner.begin(perLayer(sparsity("0.5")), parameters, survivors, Pruner.denseCounts(SMALL))
            .prune(parameters, survivors, Fraction.ONE);

    assertThat(outcome.mask().indices()).containsExactly(0, 2, 4, 8, 9);
    assertThat(outcome.layers().get(0).threshold()).hasValue(0);
  }

  @Test
  void masksOnlyShrink() {
    NetworkParameters parameters = increasing();
    Mask current = Mask.where(10, i -> i < 9);

    assertThat(cut(perLayer(sparsity("0")), parameters).mask()).isEqualTo(Mask.full(10));
    PruneOutcome outcome =
        Pruner.begin(perLayer(sparsity("0.5")), parameters, current, Pruner.denseCounts(SMALL))
            .prune(parameters, current, Fraction.ONE);
    assertThat(outcome.mask().indices()).containsExactly(3, 4, 5, 7, 8);
  }

  @Test
  void everyGradualStepKeepsExactlyItsCount() {
    ParameterLayout layout = ParameterLayout.of(ShippedNetwork.LENET_300_100.topology());
    SplittableRandom random = new SplittableRandom(3);
    float[] weights = new float[layout.weightCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    NetworkParameters parameters =
        NetworkParameters.wrapping(layout, weights, new float[layout.otherCount()]);
    Gradual schedule = new Gradual(Sparsity.of("0.3"), 3, 100, 1);
    PruneOptions options =
        new PruneOptions(PruningScope.GLOBAL, sparsity("0.98"), Set.of(), schedule);
    Pruner pruner =
        Pruner.begin(options, parameters, Mask.full(weights.length), Pruner.denseCounts(layout));

    Mask mask = Mask.full(weights.length);
    for (Cut cut : schedule.plan(430, 20).cuts()) {
      PruneOutcome outcome = pruner.prune(parameters, mask, cut.fraction());
      double rest = Math.pow(1 - cut.step() / (double) cut.steps(), 3);
      double sparsity = 0.3 + (1 - rest) * 0.68;
      assertThat(outcome.mask().cardinality())
          .isEqualTo((int) Math.floor((1 - sparsity) * 266_200 + 0.5));
      assertThat(outcome.mask().isSubsetOf(mask)).isTrue();
      mask = outcome.mask();
    }
    assertThat(mask.cardinality()).isEqualTo(5_324);
  }

  @Test
  void aLayerThatWouldKeepNothingFailsTheJob() {
    FixedThreshold criterion =
        new FixedThreshold(new PerLayer<>(BigDecimal.ZERO, Map.of("fc2", new BigDecimal("4"))));

    assertThatThrownBy(() -> cut(perLayer(criterion), increasing()))
        .isInstanceOf(JobFailedException.class)
        .hasMessage(
            "found no surviving weight in layer fc2 (threshold 4.00000, largest |w| 4.00000);"
                + " expected at least one weight in every layer after a cut;"
                + " lower prune.threshold of layer fc2");
  }

  @Test
  void weightsThatAreNotFiniteFailTheJobNamingTheLayer() {
    NetworkParameters parameters = increasing();
    parameters.weights()[7] = Float.NaN;

    assertThatThrownBy(() -> cut(perLayer(sparsity("0.5")), parameters))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("fc2");
  }

  @Test
  void globalScopeTakesNoQualitiesAndNoValuesPerLayer() {
    QualityParameter quality = new QualityParameter(PerLayer.all(BigDecimal.ONE));
    TargetSparsity each =
        new TargetSparsity(new PerLayer<>(Sparsity.ZERO, Map.of("fc1", Sparsity.ZERO)));

    for (PruningCriterion criterion : List.of(quality, each)) {
      assertThatThrownBy(() -> new PruneOptions(PruningScope.GLOBAL, criterion, Set.of(), ONE_SHOT))
          .hasMessageContaining("scope global with " + criterion.key());
      assertThatThrownBy(
              () -> new PruneOptions(PruningScope.LAYER_ADAPTIVE, criterion, Set.of(), ONE_SHOT))
          .hasMessageContaining("scope layer-adaptive with " + criterion.key());
    }
  }
}
