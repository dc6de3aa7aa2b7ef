package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final int WINDOW = 16 * 1024;

  @Property(tries = 50)
  void isAPermutationOfTheRows(
      @ForAll long seed, @ForAll @IntRange(max = 40_000) int rows, @ForAll @IntRange int epoch) {
    int[] sorted = EpochOrder.of(seed, epoch, 1, rows);
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, rows).toArray());
  }

  @Test
  void aWindowHoldsSixteenWholeChunks() {
    int[] order = EpochOrder.of(1, 3, 0, 40 * 1024);
    for (int start = 0; start < order.length; start += WINDOW) {
      int[] window = Arrays.copyOfRange(order, start, Math.min(order.length, start + WINDOW));
      Set<Integer> chunks = new TreeSet<>();
      Arrays.stream(window).forEach(row -> chunks.add(row / 1024));
      // as many rows as its chunks have, each row once: the chunks are whole
      assertThat(window).hasSize(chunks.size() * 1024).doesNotHaveDuplicates();
    }
  }

  @Test
  void chunksAreNotLeftInTheirOrder() {
    int[] order = EpochOrder.of(1, 0, 0, 40 * 1024);
    assertThat(Arrays.stream(order, 0, WINDOW).max().getAsInt()).isGreaterThanOrEqualTo(WINDOW);
  }

  @Test
  void rowsAreNotLeftInTheirOrder() {
    int[] order = EpochOrder.of(1, 0, 0, 1000);
    long inPlace = IntStream.range(0, 1000).filter(i -> order[i] == i).count();
    assertThat(inPlace).isLessThan(10); // 1 is expected
  }

  @Test
  void sameSeedEpochAndPartitionGiveTheSameOrder() {
    assertThat(EpochOrder.of(7, 2, 1, 3000)).isEqualTo(EpochOrder.of(7, 2, 1, 3000));
  }

  @Test
  void anotherSeedEpochOrPartitionGivesAnotherOrder() {
    int[] order = EpochOrder.of(7, 2, 1, 3000);
    assertThat(EpochOrder.of(8, 2, 1, 3000)).isNotEqualTo(order);
    assertThat(EpochOrder.of(7, 3, 1, 3000)).isNotEqualTo(order);
    assertThat(EpochOrder.of(7, 2, 0, 3000)).isNotEqualTo(order);
  }
}
