package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void streamIsThePublishedSplitMix64() {
    // reference values of splitmix64.c (Vigna) for the seed 1234567
    RandomStream random = new RandomStream(1234567L);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(-8629252141511181193L);
  }

  @Test
  void mixingOnePartIsTheFirstNumberOfItsStream() {
    assertThat(Seeds.mix(1234567L)).isEqualTo(6457827717110365317L);
  }

  @Test
  void twoPartsMixAlikeWithAndWithoutAnArray() {
    assertThat(Seeds.mix(5L, -7L)).isEqualTo(Seeds.mix(new long[] {5L, -7L}));
  }

  @Test
  void orderAndNumberOfPartsCount() {
    assertThat(
            new long[] {
              Seeds.mix(1, 2), Seeds.mix(2, 1), Seeds.mix(1, 2, 0), Seeds.mix(0, 1, 2), Seeds.mix(3)
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void namesGiveDifferentSeeds() {
    assertThat(new long[] {Seeds.of("fc1"), Seeds.of("fc2"), Seeds.of("")}).doesNotHaveDuplicates();
  }

  @Test
  void boundedNumbersCoverTheirRangeEvenly() {
    RandomStream random = Seeds.random(1L);
    int[] counts = new int[7];
    IntStream.range(0, 70_000).forEach(i -> counts[random.nextInt(7)]++);
    // 10,000 expected, standard deviation 93
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isCloseTo(10_000, within(450)));
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    RandomStream random = Seeds.random(1L);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextGaussian();
      sum += value;
      squares += value * value;
    }
    assertThat(sum / 100_000).isCloseTo(0, within(0.015));
    assertThat(squares / 100_000).isCloseTo(1, within(0.02));
  }
}
