package io.secateur.sensitivity;

import static io.secateur.sensitivity.ThresholdPlanTest.curve;
import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanSearchTest {
  /** Curves that promise nothing: all layers look alike. */
  private static final List<SensitivityCurve> CURVES =
      List.of(
          curve("a", 1000, new long[] {0, 10}, new long[] {900, 100}),
          curve("b", 1000, new long[] {0, 10}, new long[] {900, 100}),
          curve("c", 1000, new long[] {100, 10}, new long[] {900, 100}));

  private static ThresholdPlan plan(long a, long b, long c) {
    return ThresholdPlan.of(CURVES, Map.of("a", a, "b", b, "c", c));
  }

  /** Errors grow with the distance from 900, 300, 600; the loss is that of layer a alone. */
  private static Evaluation distance(ThresholdPlan plan) {
    Map<String, Long> removed = plan.removed();
    long errors =
        Math.abs(removed.get("a") - 900)
            + Math.abs(removed.get("b") - 300)
            + Math.abs(removed.get("c") - 600);
    return new Evaluation(errors, 5000, errors);
  }

  @Test
  void exchangesFindWhatTheCurvesDoNotTell() {
    ThresholdPlan found =
        PlanSearch.from(CURVES, List.of(plan(600, 600, 600)), PlanSearchTest::distance);

    assertThat(found.surviving()).isEqualTo(1200);
    assertThat(distance(found).errors()).isLessThan(60);
  }

  @Test
  void thePlanIsNeverWorseThanTheBestToStartFrom() {
    ThresholdPlan best = plan(900, 300, 600);

    ThresholdPlan found =
        PlanSearch.from(CURVES, List.of(plan(600, 600, 600), best), PlanSearchTest::distance);

    assertThat(found).isEqualTo(best);
  }

  @Test
  void ofEqualErrorsTheLowerLossIsBetter() {
    ThresholdPlan found =
        PlanSearch.from(
            CURVES,
            List.of(plan(600, 600, 600), plan(500, 700, 600)),
            plan -> new Evaluation(7, 5000, plan.removed().get("a")));

    assertThat(found.removed().get("a")).isLessThan(500);
  }

  @Test
  void weightsPrunedBeforeDoNotComeBackAndEveryLayerKeepsSome() {
    List<ThresholdPlan> measured = new ArrayList<>();
    Function<ThresholdPlan, Evaluation> allForC =
        plan -> {
          measured.add(plan);
          return new Evaluation(plan.removed().get("c"), 5000, 0);
        };

    ThresholdPlan found = PlanSearch.from(CURVES, List.of(plan(600, 600, 300)), allForC);

    assertThat(found.removed().get("c")).isEqualTo(100);
    assertThat(measured)
        .hasSizeLessThanOrEqualTo(PlanSearch.MEASUREMENTS)
        .allSatisfy(
            plan -> {
              assertThat(plan.surviving()).isEqualTo(1500);
              assertThat(plan.removed().values()).allMatch(removed -> removed < 1000);
              assertThat(plan.removed().get("c")).isGreaterThanOrEqualTo(100);
            });
  }

  @Test
  void measurementsAreBounded() {
    int[] calls = {0};

    PlanSearch.from(
        CURVES,
        List.of(plan(600, 600, 600)),
        plan -> new Evaluation(1000 - calls[0]++, 5000, 0)); // always better

    assertThat(calls[0]).isEqualTo(PlanSearch.MEASUREMENTS);
  }
}
