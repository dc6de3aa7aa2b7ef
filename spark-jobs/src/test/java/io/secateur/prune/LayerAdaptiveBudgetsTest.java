package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LayerAdaptiveBudgetsTest {
  private static List<Long> budgets(float[] weights, List<WeightRange> ranges, long keep) {
    return LayerAdaptiveBudgets.of(
        weights, SurvivorBits.of(Mask.full(weights.length)), ranges, keep);
  }

  private static List<WeightRange> halves(int length) {
    return List.of(
        new WeightRange("a", 0, length / 2), new WeightRange("b", length / 2, length - length / 2));
  }

  @Test
  void equalScoresOfTwoLayersGoToTheLowerIndex() {
    float[] weights = {3, -2, 1, 1, -2, 3};

    assertThat(budgets(weights, halves(6), 1)).containsExactly(1L, 0L);
    assertThat(budgets(weights, halves(6), 2)).containsExactly(1L, 1L);
    assertThat(budgets(weights, halves(6), 3)).containsExactly(2L, 1L);
    assertThat(budgets(weights, List.of(halves(6).get(1), halves(6).get(0)), 3))
        .containsExactly(1L, 2L);
  }

  @Test
  void equalWeightsOfOneLayerScoreOneHalfOneThirdAndSoOn() {
    // a: 1, 1/2, 1/3, 1/4; b: 1, 9/25 = 0.36, then 1/26
    float[] weights = {5, 5, -5, 5, 4, 3, 1, 0};

    assertThat(budgets(weights, halves(8), 3)).containsExactly(2L, 1L);
    assertThat(budgets(weights, halves(8), 4)).containsExactly(2L, 2L);
    assertThat(budgets(weights, halves(8), 6)).containsExactly(4L, 2L);
  }

  @Test
  void zerosComeLastByIndex() {
    float[] weights = {0, 1, -0.0f, 0, 0, 1};

    assertThat(budgets(weights, halves(6), 2)).containsExactly(1L, 1L);
    assertThat(budgets(weights, halves(6), 4)).containsExactly(3L, 1L);
    assertThat(budgets(weights, halves(6), 0)).containsExactly(0L, 0L);
    assertThat(budgets(weights, halves(6), 99)).containsExactly(3L, 3L);
  }

  @Test
  void noLayerIsEmptiedWhileThereIsAWeightForEach() {
    float[] weights = {1e-30f, 1e-38f, 1e30f, 1e29f, 1e28f, 1e27f};

    assertThat(budgets(weights, List.of(new WeightRange("a", 0, 2), new WeightRange("b", 2, 4)), 2))
        .containsExactly(1L, 1L);
  }

  /** Sorts every layer, adds the squares from the largest on, sorts all scores. */
  private static List<Long> slow(
      float[] weights, Mask survivors, List<WeightRange> ranges, long keep) {
    List<double[]> scored = new ArrayList<>();
    for (int layer = 0; layer < ranges.size(); layer++) {
      WeightRange range = ranges.get(layer);
      List<Integer> order = new ArrayList<>();
      for (int i = range.from(); i < range.to(); i++) {
        if (survivors.get(i)) {
          order.add(i);
        }
      }
      order.sort(
          Comparator.<Integer>comparingDouble(i -> -Math.abs(weights[i])).thenComparing(i -> i));
      double sum = 0;
      for (int i : order) {
        double square = (double) weights[i] * weights[i];
        sum += square;
        scored.add(new double[] {square == 0 ? 0 : square / sum, i, layer});
      }
    }
    scored.sort(
        Comparator.<double[]>comparingDouble(weight -> -weight[0])
            .thenComparingDouble(weight -> weight[1]));
    long[] kept = new long[ranges.size()];
    scored.stream().limit(keep).forEach(weight -> kept[(int) weight[2]]++);
    return java.util.Arrays.stream(kept).boxed().toList();
  }

  @Property(tries = 300)
  void budgetsAreThoseOfASlowReference(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int kind, @ForAll int some) {
    Random random = new Random(seed);
    float[] weights = new float[3 + random.nextInt(200)];
    for (int i = 0; i < weights.length; i++) {
      // the squares of small whole numbers add up without rounding, in whatever order
      weights[i] =
          switch (kind) {
            case 0 -> (float) random.nextGaussian();
            case 1 -> random.nextInt(5) - 2;
            case 2 -> random.nextInt(1000) - 500;
            case 3 -> 1;
            case 4 -> random.nextBoolean() ? 3 : -4;
            default -> Float.intBitsToFloat(random.nextInt(1 << 12));
          };
    }
    Mask survivors = Mask.where(weights.length, i -> random.nextInt(8) > 0);
    int third = weights.length / 3;
    List<WeightRange> ranges =
        List.of(
            new WeightRange("b", third, third),
            new WeightRange("a", 0, third),
            new WeightRange("c", 2 * third, weights.length - 2 * third));
    long keep = Math.floorMod(some, weights.length + 2);

    List<Long> found = LayerAdaptiveBudgets.of(weights, SurvivorBits.of(survivors), ranges, keep);

    List<Long> expected = slow(weights, survivors, ranges, keep);
    if (keep <= survivors.cardinality()) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(found.stream().mapToLong(Long::longValue).sum())
          .isEqualTo(survivors.cardinality());
    }
  }
}
