package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What prediction multiplies, dense and sparse, against a triple loop in doubles. */
class RowProductTest {
  private static final Kernels[] KERNELS = {
    KernelProvider.of(KernelProvider.PLAIN), KernelProvider.ofThisProcess()
  };

  /** A matrix [rows][inputs] of which a share survives, and places anywhere for its inputs. */
  private static final class Sample {
    final int rows;
    final int inputs;
    final float[] matrix;
    final int[] places;

    Sample(int rows, int inputs, double density, boolean contiguous, Random random) {
      this.rows = rows;
      this.inputs = inputs;
      matrix = new float[rows * inputs];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0f;
      }
      places =
          contiguous
              ? IntStream.range(3, 3 + inputs).toArray()
              : random.ints(inputs, 0, 2 * inputs).toArray();
    }

    int[] survivors() {
      return IntStream.range(0, matrix.length).filter(i -> matrix[i] != 0).toArray();
    }

    WeightRows sparse() {
      int[] survivors = survivors();
      float[] values = new float[survivors.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = matrix[survivors[i]];
      }
      return WeightRows.sparse(SparseRows.of(rows, inputs, survivors), values, places);
    }

    WeightRows dense() {
      return WeightRows.dense(rows, matrix.clone(), places);
    }

    double sum(float[] arena, int row, int base, int step) {
      double sum = 0;
      for (int k = 0; k < inputs; k++) {
        sum += (double) matrix[row * inputs + k] * arena[base + places[k] * step];
      }
      return sum;
    }
  }

  @Property(tries = 60)
  void rowsTimesColumnsAreATripleLoop(
      @ForAll @IntRange(min = 1, max = 12) int rows,
      @ForAll @IntRange(min = 1, max = 70) int inputs,
      @ForAll @IntRange(min = 1, max = 11) int columns,
      @ForAll @IntRange(min = 1, max = 40) int step,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll long seed) {
    Random random = new Random(seed);
    Sample sample = new Sample(rows, inputs, density, false, random);
    int[] offsets = random.ints(columns + 2, 0, 100).toArray();
    for (Kernels kernels : KERNELS) {
      for (WeightRows weights : new WeightRows[] {sample.sparse(), sample.dense()}) {
        Arena arena = new Arena();
        int values = arena.reserve(2 * inputs * step + 100 + Kernels.BLOCK);
        RowProduct product = new RowProduct(kernels, arena, weights, step, offsets);
        float[] memory = arena.memory();
        for (int i = 0; i < 2 * inputs * step + 100 + Kernels.BLOCK; i++) {
          memory[values + i] = (float) random.nextGaussian();
        }
        int together;
        for (int row = 0; row < rows; row += together) {
          together = weights.together(row, Kernels.ROWS);
          product.multiply(memory, row, together, values, columns);
          for (int r = 0; r < together; r++) {
            for (int i = 0; i < columns * Kernels.BLOCK; i++) {
              int base = values + offsets[i / Kernels.BLOCK] + i % Kernels.BLOCK;
              assertThat((double) memory[product.result(r) + i])
                  .isCloseTo(sample.sum(memory, row + r, base, step), within(1e-4));
            }
          }
        }
      }
    }
  }

  @Property(tries = 60)
  void aDotProductIsALoop(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 300) int inputs,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll boolean contiguous,
      @ForAll long seed) {
    Random random = new Random(seed);
    Sample sample = new Sample(rows, inputs, density, contiguous, random);
    float[] memory = new float[2 * inputs + 20];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = (float) random.nextGaussian();
    }
    for (Kernels kernels : KERNELS) {
      for (WeightRows weights : new WeightRows[] {sample.sparse(), sample.dense()}) {
        for (int row = 0; row < rows; row++) {
          assertThat((double) kernels.dot(memory, weights, row, 7))
              .isCloseTo(sample.sum(memory, row, 7, 1), within(1e-4));
        }
      }
    }
  }

  @Property(tries = 60)
  void boundsAndMaximaTakeAnyNumberOfFloats(
      @ForAll @IntRange(min = 1, max = 70) int length,
      @ForAll @IntRange(min = 1, max = 20) int right,
      @ForAll @IntRange(min = 0, max = 50) int below,
      @ForAll boolean rectified,
      @ForAll long seed) {
    Random random = new Random(seed);
    float low = rectified ? 0f : Float.NEGATIVE_INFINITY;
    float[] before = new float[400];
    for (int i = 0; i < before.length; i++) {
      before[i] = (float) random.nextGaussian();
    }
    for (Kernels kernels : KERNELS) {
      float[] bounded = before.clone();
      kernels.biasAndBound(bounded, 5, 200, length, 0.25f, low);
      float[] largest = before.clone();
      kernels.largestOfWindows(largest, 5, right, below, 200, length, 0.25f, low);
      float[] expectedBounded = before.clone();
      float[] expectedLargest = before.clone();
      for (int i = 0; i < length; i++) {
        expectedBounded[200 + i] = Math.max(before[5 + i] + 0.25f, low);
        float most = Float.NEGATIVE_INFINITY;
        for (int at : new int[] {5, 5 + right, 5 + below, 5 + below + right}) {
          most = Math.max(most, before[at + i]);
        }
        expectedLargest[200 + i] = Math.max(most + 0.25f, low);
      }
      assertThat(bounded).isEqualTo(expectedBounded);
      assertThat(largest).isEqualTo(expectedLargest);
    }
  }

  /** Rows of 3, 0 and 2 survivors: filled up to 4, 0 and 4 entries, of which 4, 0 and 2 count. */
  @Example
  void rowsAreReadInPairs() {
    SparseRows rows = SparseRows.of(3, 4, new int[] {0, 1, 3, 8, 11});
    WeightRows weights =
        WeightRows.sparse(rows, new float[] {1, 2, 3, 4, 5}, new int[] {9, 8, 7, 6});
    assertThat(weights.values).containsExactly(1, 2, 3, 0, 4, 5, 0, 0);
    assertThat(weights.places).containsExactly(9, 8, 6, 9, 9, 6, 9, 9);
    assertThat(IntStream.range(0, 3).map(weights::first)).containsExactly(0, 4, 4);
    assertThat(IntStream.range(0, 3).map(weights::end)).containsExactly(4, 4, 6);
    assertThat(weights.bytes()).isEqualTo(8 * 8 + 4 * (4 + 3));
  }

  @Example
  void lengthsThatDontFitAreRefused() {
    SparseRows rows = SparseRows.of(2, 3, new int[] {1, 4});
    for (int[] wrong : new int[][] {{1, 3}, {2, 2}}) {
      assertThatThrownBy(() -> WeightRows.sparse(rows, new float[wrong[0]], new int[wrong[1]]))
          .as(Arrays.toString(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 survivors of 3 columns");
    }
    assertThatThrownBy(() -> WeightRows.dense(2, new float[7], new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
