package io.secateur.sensitivity;

import io.secateur.tensor.Sparsity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A sparsity for each layer, chosen from the curves of a sweep.
 *
 * <p>The errors that layers add when they are cut alone are taken to add up, so that the question
 * is how to remove R weights at the least sum: the allocation of bits to quantizers (Shoham and
 * Gersho 1988, "Efficient bit allocation for an arbitrary set of quantizers"). As there, each curve
 * is replaced by its lower convex hull, and segments of all hulls are taken in the order of their
 * slopes, errors per weight, until R is reached; the last one in part. That is the optimum of
 * Everett's Lagrangian (1963) for every R on the way.
 *
 * <p>Where we differ: a curve is made to ascend first, because counts on a few thousand rows
 * wobble, and an error budget is not met by the sum, which the layers together exceed, but by
 * measuring the whole network at plans along the way. {@link PlanSearch} goes on from there.
 *
 * @param removed weights that go, by layer in canonical order; counted from those before any
 *     pruning
 * @param weights of each layer before any pruning
 * @param addedErrors the sum that the curves promise, in examples
 */
public record ThresholdPlan(
    Map<String, Long> removed, Map<String, Long> weights, double addedErrors) {
  /** How the plan is made, in one line. */
  public static final String METHOD =
      "lower convex hulls of the layers' sensitivity curves, steepest descent by errors per weight"
          + " (Shoham and Gersho 1988)";

  private static final int BISECTIONS = 12;

  /** A piece of a layer's hull: so many weights for so many errors. */
  private record Segment(String layer, long weights, double errors) {
    double slope() {
      return errors / weights;
    }
  }

  /** The most weights that the levels of the sweep let go. */
  public static long reach(List<SensitivityCurve> curves) {
    return segments(curves).stream().mapToLong(Segment::weights).sum();
  }

  /**
   * The plan that removes so many weights.
   *
   * @param remove at most {@link #reach}
   */
  public static ThresholdPlan removing(List<SensitivityCurve> curves, long remove) {
    Map<String, Long> removed = new LinkedHashMap<>();
    Map<String, Long> weights = new LinkedHashMap<>();
    for (SensitivityCurve curve : curves) {
      removed.put(curve.layer(), 0L);
      weights.put(curve.layer(), curve.weights());
    }
    long left = remove;
    double errors = 0;
    for (Segment segment : segments(curves)) {
      long part = Math.min(left, segment.weights);
      removed.merge(segment.layer, part, Long::sum);
      errors += segment.slope() * part;
      left -= part;
    }
    if (left > 0) {
      throw new IllegalArgumentException(
          "found %d weights to remove; expected at most %d".formatted(remove, remove - left));
    }
    return new ThresholdPlan(removed, weights, errors);
  }

  /**
   * The plan that removes so many weights of each layer. Beyond the highest level of a curve its
   * last slope is taken to go on.
   *
   * @param removed by layer, of every curve
   */
  public static ThresholdPlan of(List<SensitivityCurve> curves, Map<String, Long> removed) {
    Map<String, Long> weights = new LinkedHashMap<>();
    double errors = 0;
    for (SensitivityCurve curve : curves) {
      weights.put(curve.layer(), curve.weights());
      long left = removed.get(curve.layer());
      double slope = 0;
      for (Segment segment : hull(curve)) {
        long part = Math.min(left, segment.weights);
        slope = segment.slope();
        errors += slope * part;
        left -= part;
      }
      errors += slope * left;
    }
    return new ThresholdPlan(removed, weights, errors);
  }

  /**
   * The sparsest plan whose network was measured to make no more errors than allowed.
   *
   * @param allowed errors in all
   * @param measured counts the errors of the network cut by a plan
   */
  public static ThresholdPlan within(
      List<SensitivityCurve> curves, long allowed, ToLongFunction<ThresholdPlan> measured) {
    long good = 0;
    long bad = reach(curves) + 1;
    for (int i = 0; i < BISECTIONS && bad - good > 1; i++) {
      long middle = good + (bad - good) / 2;
      if (measured.applyAsLong(removing(curves, middle)) <= allowed) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return removing(curves, good);
  }

  private static List<Segment> segments(List<SensitivityCurve> curves) {
    List<Segment> segments = new ArrayList<>();
    curves.forEach(curve -> segments.addAll(hull(curve)));
    // the sort is stable: of equal slopes the earlier layer's goes first, a hull's in its order
    segments.sort(Comparator.comparingDouble(Segment::slope));
    return segments;
  }

  /** The lower convex hull from the first point on. */
  private static List<Segment> hull(SensitivityCurve curve) {
    List<SensitivityPoint> points = curve.points();
    long dense = points.get(0).errors();
    List<long[]> hull = new ArrayList<>();
    long highest = dense;
    for (SensitivityPoint point : points) {
      highest = Math.max(highest, point.errors());
      long[] next = {Math.round(point.sparsity() * curve.weights()), highest - dense};
      while (hull.size() > 1
          && !turnsUp(hull.get(hull.size() - 2), hull.get(hull.size() - 1), next)) {
        hull.remove(hull.size() - 1);
      }
      if (hull.isEmpty() || next[0] > hull.get(hull.size() - 1)[0]) {
        hull.add(next);
      }
    }
    List<Segment> segments = new ArrayList<>();
    if (curve.prunedBefore() > 0) {
      segments.add(new Segment(curve.layer(), curve.prunedBefore(), 0));
    }
    for (int i = 1; i < hull.size(); i++) {
      long[] a = hull.get(i - 1);
      long[] b = hull.get(i);
      segments.add(new Segment(curve.layer(), b[0] - a[0], b[1] - a[1]));
    }
    return segments;
  }

  private static boolean turnsUp(long[] a, long[] b, long[] c) {
    return (double) (b[1] - a[1]) * (c[0] - b[0]) < (double) (c[1] - b[1]) * (b[0] - a[0]);
  }

  /** The sparsity of each layer, which keeps exactly as many weights as planned. */
  public Map<String, Sparsity> sparsities() {
    Map<String, Sparsity> sparsities = new LinkedHashMap<>();
    removed.forEach(
        (layer, count) -> sparsities.put(layer, Sparsity.removing(count, weights.get(layer))));
    return sparsities;
  }

  /** Weights that stay. */
  public long surviving() {
    return weights.values().stream().mapToLong(n -> n).sum()
        - removed.values().stream().mapToLong(n -> n).sum();
  }
}
