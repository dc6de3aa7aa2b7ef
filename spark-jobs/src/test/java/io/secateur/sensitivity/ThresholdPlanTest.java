package io.secateur.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.prune.WeightRange;
import io.secateur.prune.WeightStatistics;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThresholdPlanTest {
  /** Points as {removed, errors}. */
  static SensitivityCurve curve(String layer, long weights, long[]... points) {
    List<SensitivityPoint> list = new ArrayList<>();
    for (long[] point : points) {
      list.add(new SensitivityPoint((double) point[0] / weights, 0, 1000, point[1]));
    }
    WeightStatistics statistics =
        WeightStatistics.of(new float[1], Mask.full(1), new WeightRange(layer, 0, 1));
    return new SensitivityCurve(layer, weights, statistics, list);
  }

  private static final SensitivityCurve STEEP =
      curve("a", 100, new long[] {0, 10}, new long[] {50, 20}, new long[] {90, 100});

  /** The middle point lies above the line between its neighbours. */
  private static final SensitivityCurve FLAT =
      curve("b", 1000, new long[] {0, 10}, new long[] {400, 90}, new long[] {800, 50});

  @Test
  void segmentsAreTakenByErrorsPerWeight() {
    // a: 0.2 up to 50, then 2; b: 40 / 800 = 0.05 after its bump is made to ascend: 80 / 800 = 0.1
    ThresholdPlan plan = ThresholdPlan.removing(List.of(STEEP, FLAT), 820);

    assertThat(plan.removed()).containsEntry("a", 20L).containsEntry("b", 800L);
    assertThat(plan.addedErrors()).isEqualTo(80 + 0.2 * 20);
    assertThat(plan.surviving()).isEqualTo(280);
  }

  @Test
  void theLastSegmentIsTakenInPart() {
    ThresholdPlan plan = ThresholdPlan.removing(List.of(STEEP, FLAT), 123);

    assertThat(plan.removed()).containsEntry("a", 0L).containsEntry("b", 123L);
  }

  @Test
  void noMoreThanTheLevelsReach() {
    assertThat(ThresholdPlan.reach(List.of(STEEP, FLAT))).isEqualTo(890);
    assertThatThrownBy(() -> ThresholdPlan.removing(List.of(STEEP, FLAT), 891))
        .hasMessageContaining("at most 890");
  }

  @Test
  void sparsitiesKeepExactlyAsManyAsPlanned() {
    SensitivityCurve odd =
        curve("c", 400_003, new long[] {0, 0}, new long[] {100_001, 1}, new long[] {399_999, 7});
    for (long remove : new long[] {1, 99_999, 123_457, 399_999}) {
      ThresholdPlan plan = ThresholdPlan.removing(List.of(odd), remove);

      assertThat(plan.sparsities().get("c").keepOf(400_003, Fraction.ONE))
          .isEqualTo(400_003 - remove);
    }
  }

  @Test
  void theBudgetIsMetByMeasuringNotByTheSum() {
    // the network makes twice the errors that the curves promise
    ThresholdPlan plan =
        ThresholdPlan.within(
            List.of(STEEP, FLAT), 40, made -> Math.round(10 + 2 * made.addedErrors()));

    assertThat(plan.addedErrors()).isBetween(14.5, 15.5);
    assertThat(plan.removed()).containsEntry("a", 0L);
  }

  @Test
  void withoutABudgetOnlyWhatIsFreeGoes() {
    SensitivityCurve free =
        curve("d", 100, new long[] {0, 5}, new long[] {40, 3}, new long[] {60, 9});

    ThresholdPlan plan =
        ThresholdPlan.within(List.of(free), 5, made -> Math.round(5 + made.addedErrors()));

    assertThat(plan.removed().get("d")).isBetween(40L, 42L);
  }

  @Test
  void aPlanOfCountsPromisesWhatItsCurvesTell() {
    ThresholdPlan made = ThresholdPlan.removing(List.of(STEEP, FLAT), 820);

    assertThat(ThresholdPlan.of(List.of(STEEP, FLAT), made.removed())).isEqualTo(made);
    // 5 weights beyond the highest level, at the slope of the last segment, 2
    assertThat(ThresholdPlan.of(List.of(STEEP, FLAT), Map.of("a", 95L, "b", 0L)).addedErrors())
        .isEqualTo(90 + 5 * 2);
  }

  /** Against all ways to remove as much, point by point of ascending convex curves. */
  @Property(tries = 50)
  void noOtherChoiceOfPointsHurtsLess(@ForAll long seed) {
    Random random = new Random(seed);
    List<SensitivityCurve> curves = new ArrayList<>();
    long[][] errors = new long[3][6];
    for (int layer = 0; layer < 3; layer++) {
      long[][] points = new long[6][];
      long slope = 0;
      for (int i = 0; i < 6; i++) {
        points[i] = new long[] {10L * i, errors[layer][i]};
        if (i < 5) {
          slope += random.nextInt(4);
          errors[layer][i + 1] = errors[layer][i] + slope;
        }
      }
      curves.add(curve("layer" + layer, 60, points));
    }
    int steps = random.nextInt(16);
    long best = Long.MAX_VALUE;
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        int c = steps - a - b;
        if (c >= 0 && c < 6) {
          best = Math.min(best, errors[0][a] + errors[1][b] + errors[2][c]);
        }
      }
    }

    assertThat(Math.round(ThresholdPlan.removing(curves, 10L * steps).addedErrors()))
        .isEqualTo(best);
  }
}
