package io.secateur.sensitivity;

import io.secateur.train.Evaluation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Betters plans of equal weights by measuring the whole network: curves tell what a layer suffers
 * when it alone is cut, but not how the errors of layers that are cut together compound.
 *
 * <p>The best of several plans to start from is changed by exchanges: one layer gives up some of
 * its survivors and another gets as many. An exchange that makes fewer errors (of equal errors, a
 * lower loss) is kept. Exchanges are a share of the survivors of the smaller of the two layers; the
 * share is halved when no exchange helps any more.
 */
public final class PlanSearch {
  /** How the search works, in one line. */
  public static final String METHOD =
      "exchanges of weights between layers, measured on the whole network";

  /** In all, those of the plans to start from included. */
  static final int MEASUREMENTS = 200;

  private static final int LARGEST_SHARE = 4;
  private static final int SMALLEST_SHARE = 32;
  private static final Comparator<Evaluation> BETTER =
      Comparator.comparingLong(Evaluation::errors).thenComparingDouble(Evaluation::loss);

  private final List<SensitivityCurve> curves;
  private final Function<ThresholdPlan, Evaluation> measured;
  private ThresholdPlan best;
  private Evaluation lowest;
  private int measurements;

  private PlanSearch(List<SensitivityCurve> curves, Function<ThresholdPlan, Evaluation> measured) {
    this.curves = curves;
    this.measured = measured;
  }

  /**
   * The best plan found, none worse than those to start from.
   *
   * @param curves of every layer
   * @param starts one or more, of equally many weights
   * @param measured the network cut by a plan
   */
  public static ThresholdPlan from(
      List<SensitivityCurve> curves,
      List<ThresholdPlan> starts,
      Function<ThresholdPlan, Evaluation> measured) {
    PlanSearch search = new PlanSearch(curves, measured);
    starts.forEach(search::better);
    for (int share = LARGEST_SHARE; share <= SMALLEST_SHARE; share *= 2) {
      while (search.exchanged(share)) {
        // as long as it helps
      }
    }
    return search.best;
  }

  /** Tries every pair of layers once. */
  private boolean exchanged(int share) {
    boolean helped = false;
    for (SensitivityCurve giver : curves) {
      for (SensitivityCurve taker : curves) {
        long count = Math.min(survivors(giver), survivors(taker)) / share;
        count = Math.min(count, best.removed().get(taker.layer()) - taker.prunedBefore());
        if (!giver.layer().equals(taker.layer()) && count > 0 && measurements < MEASUREMENTS) {
          Map<String, Long> removed = new LinkedHashMap<>(best.removed());
          removed.merge(giver.layer(), count, Long::sum);
          removed.merge(taker.layer(), -count, Long::sum);
          helped |= better(ThresholdPlan.of(curves, removed));
        }
      }
    }
    return helped;
  }

  private long survivors(SensitivityCurve curve) {
    return curve.weights() - best.removed().get(curve.layer());
  }

  private boolean better(ThresholdPlan plan) {
    Evaluation evaluation = measured.apply(plan);
    measurements++;
    if (lowest != null && BETTER.compare(evaluation, lowest) >= 0) {
      return false;
    }
    best = plan;
    lowest = evaluation;
    return true;
  }
}
