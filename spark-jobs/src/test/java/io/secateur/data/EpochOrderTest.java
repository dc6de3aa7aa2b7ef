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

  @Property(tries = 50)
  void windowsAreTheOrderAPieceAtATime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60_000) int rows,
      @ForAll @IntRange(max = 100) int epoch) {
    int[] order = EpochOrder.of(seed, epoch, 2, rows);
    EpochWindows windows = new EpochWindows(seed, 2, rows);
    windows.startEpoch(epoch);
    // forward in large steps, then back to the beginning
    for (int position : new int[] {0, rows / 3, rows / 2, rows - 1, 0, rows / 2}) {
      windows.seek(position);
      assertThat(windows.holds(position)).isTrue();
      assertThat(windows.row(position)).isEqualTo(order[position]);
    }
    Set<Integer> chunks = new TreeSet<>();
    for (int position = 0; position < rows; position++) {
      if (!windows.holds(position)) {
        windows.seek(position);
        chunks.clear();
      }
      if (chunks.isEmpty()) {
        IntStream.range(0, windows.windowChunks()).forEach(i -> chunks.add(windows.windowChunk(i)));
      }
      boolean same = windows.row(position) == order[position];
      assertThat(same && chunks.contains(order[position] / 1024)).isTrue();
    }
  }
}
