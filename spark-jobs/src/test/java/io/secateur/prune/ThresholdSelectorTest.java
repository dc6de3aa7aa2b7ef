package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThresholdSelectorTest {
  private static List<WeightRange> all(int length) {
    return List.of(new WeightRange("fc1", 0, length));
  }

  @Test
  void tiesStayByAscendingIndex() {
    float[] weights = {0.5f, -1, 0.5f, 2, -0.5f, 0.25f};

    Mask kept = ThresholdSelector.keepLargest(weights, Mask.full(6), all(6), 4);

    assertThat(kept.indices()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void bothZerosAreEqualAndBelowTheSmallestSubnormal() {
    float[] weights = {-0.0f, 0.0f, -Float.MIN_VALUE, Float.MIN_VALUE};

    assertThat(ThresholdSelector.keepLargest(weights, Mask.full(4), all(4), 3).indices())
        .containsExactly(0, 2, 3);
    assertThat(ThresholdSelector.keepAbove(weights, Mask.full(4), all(4), 0).indices())
        .containsExactly(2, 3);
  }

  @Test
  void nothingIsCutWhenAsManyMayStayAsThereAre() {
    float[] weights = {0, 0, 3};
    Mask survivors = Mask.fromBytes(3, new byte[] {0b110});

    assertThat(ThresholdSelector.keepLargest(weights, survivors, all(3), 2)).isEqualTo(survivors);
    assertThat(ThresholdSelector.keepLargest(weights, survivors, all(3), 99)).isEqualTo(survivors);
  }

  @Test
  void oneElementStaysOrGoes() {
    float[] weights = {7};

    assertThat(ThresholdSelector.keepLargest(weights, Mask.full(1), all(1), 1).cardinality())
        .isEqualTo(1);
    assertThat(ThresholdSelector.keepLargest(weights, Mask.full(1), all(1), 0).cardinality())
        .isZero();
  }

  @Test
  void theThresholdIsTheLargestMagnitudeThatWasCut() {
    float[] weights = {4, -3, 2, 3, 1};

    assertThat(
            ThresholdSelector.clearAllButLargest(weights, SurvivorBits.of(Mask.full(5)), all(5), 3))
        .isEqualTo(2);
    assertThat(
            ThresholdSelector.clearAllButLargest(weights, SurvivorBits.of(Mask.full(5)), all(5), 2))
        .isEqualTo(3);
    assertThat(
            ThresholdSelector.clearAllButLargest(weights, SurvivorBits.of(Mask.full(5)), all(5), 5))
        .isZero();
  }

  @Test
  void rangesOfSeveralLayersCompeteAndTheRestIsLeftAlone() {
    float[] weights = {1, 9, 5, 0.1f, 6, 2, 3};
    List<WeightRange> ranges = List.of(new WeightRange("fc3", 4, 3), new WeightRange("fc1", 0, 3));

    Mask kept = ThresholdSelector.keepLargest(weights, Mask.full(7), ranges, 3);

    assertThat(kept.indices()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aThresholdIsComparedStrictly() {
    float[] weights = {0.5f, -0.5f, Math.nextUp(0.5f), 0.4f};

    assertThat(ThresholdSelector.keepAbove(weights, Mask.full(4), all(4), 0.5).indices())
        .containsExactly(2);
  }

  @Test
  void millionsOfWeightsCountedInPiecesGiveTheSortedAnswer() {
    int length = (1 << 21) + 12_345;
    SplittableRandom random = new SplittableRandom(7);
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      weights[i] = (float) (random.nextInt(-50_000, 50_001) / 1e6);
    }
    Mask survivors = Mask.where(length, i -> i % 3 != 0);
    int keep = length / 11;

    Mask kept = ThresholdSelector.keepLargest(weights, survivors, all(length), keep);

    long[] order = new long[survivors.cardinality()];
    int[] indices = survivors.indices();
    for (int i = 0; i < order.length; i++) {
      long descending =
          (long) Integer.MAX_VALUE - Float.floatToIntBits(Math.abs(weights[indices[i]]));
      order[i] = descending << 32 | indices[i];
    }
    Arrays.sort(order);
    int[] expected = Arrays.stream(order).limit(keep).mapToInt(key -> (int) key).sorted().toArray();
    assertThat(kept.indices()).isEqualTo(expected);
  }

  @Test
  void aMaskOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> ThresholdSelector.keepLargest(new float[3], Mask.full(4), all(3), 1))
        .hasMessageContaining("3 weights and a mask of 4");
  }

  @Property(tries = 1000)
  void theLargestAreThoseThatSortingFinds(@ForAll("cases") Case c) {
    Mask kept = ThresholdSelector.keepLargest(c.weights, c.survivors, c.ranges, c.keep);

    List<Integer> candidates = new ArrayList<>();
    for (WeightRange range : c.ranges) {
      for (int i = range.from(); i < range.to(); i++) {
        if (c.survivors.get(i)) {
          candidates.add(i);
        }
      }
    }
    Comparator<Integer> byMagnitude =
        Comparator.comparingDouble(i -> -Math.abs(c.weights[i]) + 0.0);
    candidates.sort(byMagnitude.thenComparing(i -> i));
    List<Integer> cut = candidates.subList(Math.min(c.keep, candidates.size()), candidates.size());
    Mask expected = Mask.where(c.weights.length, i -> c.survivors.get(i) && !cut.contains(i));
    assertThat(kept).isEqualTo(expected);
    assertThat(kept.isSubsetOf(c.survivors)).isTrue();
  }

  @Property(tries = 500)
  void aboveAThresholdStaysWhatALoopFinds(@ForAll("cases") Case c) {
    double threshold = Math.abs(c.weights[c.keep % c.weights.length]);

    Mask kept =
        ThresholdSelector.keepAbove(c.weights, c.survivors, all(c.weights.length), threshold);

    for (int i = 0; i < c.weights.length; i++) {
      boolean above = c.weights[i] > threshold || c.weights[i] < -threshold;
      assertThat(kept.get(i)).isEqualTo(c.survivors.get(i) && above);
    }
  }

  /** Weights of one layer or two, with a gap between them. */
  static final class Case {
    private final float[] weights;
    private final Mask survivors;
    private final List<WeightRange> ranges;
    private final int keep;

    Case(float[] weights, Mask survivors, List<WeightRange> ranges, int keep) {
      this.weights = weights;
      this.survivors = survivors;
      this.ranges = ranges;
      this.keep = keep;
    }

    @Override
    public String toString() {
      return Arrays.toString(weights) + " of " + survivors + " in " + ranges + ", keep " + keep;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Float> anything =
        Arbitraries.floats().between(-Float.MAX_VALUE, Float.MAX_VALUE).withSpecialValue(-0.0f);
    Arbitrary<Float> subnormals = Arbitraries.integers().between(0, 9).map(Float::intBitsToFloat);
    Arbitrary<Float> sameLeadingDigit =
        Arbitraries.integers().between(0, 200).map(low -> -Float.intBitsToFloat(0x3d4c_0000 + low));
    Arbitrary<Float> twoValues = Arbitraries.of(0.25f, -0.5f);
    Arbitrary<Float> allEqual = Arbitraries.of(0.125f, -0.125f);
    Arbitrary<Float> zeros = Arbitraries.of(0.0f, -0.0f);
    Arbitrary<float[]> weights =
        Arbitraries.of(List.of(anything, subnormals, sameLeadingDigit, twoValues, allEqual, zeros))
            .flatMap(one -> one.array(Float[].class).ofMinSize(1).ofMaxSize(60))
            .map(
                boxed -> {
                  float[] plain = new float[boxed.length];
                  for (int i = 0; i < plain.length; i++) {
                    plain[i] = boxed[i];
                  }
                  return plain;
                });
    return Combinators.combine(weights, Arbitraries.longs(), Arbitraries.integers().between(0, 65))
        .as(
            (values, seed, keep) -> {
              Random random = new Random(seed);
              boolean full = random.nextBoolean();
              boolean[] bits = new boolean[values.length];
              for (int i = 0; i < bits.length; i++) {
                bits[i] = full || random.nextInt(4) > 0;
              }
              Mask survivors = Mask.where(values.length, i -> bits[i]);
              int third = values.length / 3;
              List<WeightRange> ranges =
                  third == 0
                      ? all(values.length)
                      : List.of(
                          new WeightRange("a", 0, third),
                          new WeightRange("c", values.length - third, third));
              return new Case(values, survivors, ranges, keep);
            });
  }
}
