package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Sparse convolutions against loops in doubles over all weights, pruned ones being zero. */
class SparseConvolutionTest {
  /** One step of this rule leaves the gradient, with its sign turned, as the velocity. */
  private static final Nesterov GRADIENT = new Nesterov(1f, 0f, 0f, 0f);

  private static final int OUTPUTS = 5;
  private static final int CHUNKS = 2;
  private static final int BATCH = CHUNKS * Kernels.BLOCK;

  private static double at(float[] memory, Activations of, int example, int c, int y, int x) {
    return memory[of.at(example / 16, c, y, x) + example % 16];
  }

  private static void fill(float[] memory, Activations values, Random random) {
    for (int e = 0; e < BATCH; e++) {
      for (int c = 0; c < values.channels(); c++) {
        for (int y = 0; y < values.height(); y++) {
          for (int x = 0; x < values.width(); x++) {
            memory[values.at(e / 16, c, y, x) + e % 16] = (float) random.nextGaussian();
          }
        }
      }
    }
  }

  @Property(tries = 40)
  void isAConvolutionWhoseOtherWeightsAreZero(
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 5, max = 11) int size,
      @ForAll @IntRange(min = 1, max = 5) int kernel,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll boolean pooled,
      @ForAll long seed) {
    Filter filter =
        new Filter(
            kernel, kernel, 1, 1, Math.min(padding, kernel - 1), Math.min(padding, kernel - 1));
    for (int bits : new int[] {KernelProvider.PLAIN, KernelProvider.preferredLaneBits()}) {
      assertSame(KernelProvider.of(bits), filter, channels, size, density, pooled, seed);
    }
  }

  private static void assertSame(
      Kernels kernels,
      Filter filter,
      int channels,
      int size,
      double density,
      boolean pooled,
      long seed) {
    Random random = new Random(seed);
    int taps = filter.taps();
    int columns = channels * taps;
    int[] survivors =
        IntStream.range(0, OUTPUTS * columns).filter(i -> random.nextDouble() < density).toArray();
    SparseRows rows = SparseRows.of(OUTPUTS, columns, survivors);
    int map = filter.mapHeight(size);
    int side = pooled ? map / 2 : map;
    if (side == 0) {
      return;
    }
    Arena arena = new Arena();
    int border = filter.paddingHeight();
    Activations in = Activations.images(arena, CHUNKS, channels, size, size, border, border);
    Activations inGradient = in.another(arena);
    Activations out = Activations.flat(arena, CHUNKS, OUTPUTS, side, side);
    Activations outGradient = out.another(arena);
    Trained weights =
        new Trained(arena.reserve(rows.entries()), arena.reserve(rows.entries()), Trained.NO_MASK);
    Trained bias = new Trained(arena.reserve(OUTPUTS), arena.reserve(OUTPUTS), Trained.NO_MASK);
    SparseConvolution layer =
        pooled
            ? SparseConvolution.pooled(kernels, arena, filter, in, out, rows, weights, bias, 0f)
            : SparseConvolution.of(kernels, arena, filter, in, out, rows, weights, bias, 0f);
    SparseConvolutionBackward backward =
        new SparseConvolutionBackward(arena, layer, outGradient, inGradient);
    float[] memory = arena.memory();
    double[] w = new double[OUTPUTS * columns];
    int next = 0;
    for (int entry = 0; entry < rows.entries(); entry++) {
      if (!rows.isFiller(entry)) {
        memory[weights.values() + entry] = (float) random.nextGaussian();
        w[survivors[next++]] = memory[weights.values() + entry];
      }
    }
    for (int o = 0; o < OUTPUTS; o++) {
      memory[bias.values() + o] = (float) random.nextGaussian();
    }
    fill(memory, in, random);
    fill(memory, outGradient, random);
    float[] before = memory.clone();

    layer.forward(memory);
    backward.backward(memory, 1f, GRADIENT);

    double[] dx = new double[BATCH * channels * size * size];
    double[] dw = new double[w.length];
    for (int e = 0; e < BATCH; e++) {
      for (int o = 0; o < OUTPUTS; o++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            int bestY = y;
            int bestX = x;
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < (pooled ? 4 : 1); i++) {
              int mapY = pooled ? 2 * y + i / 2 : y;
              int mapX = pooled ? 2 * x + i % 2 : x;
              double sum = before[bias.values() + o];
              for (int k = 0; k < columns; k++) {
                sum += w[o * columns + k] * pixel(before, in, e, k, filter, mapY, mapX);
              }
              if (sum > best) {
                best = sum;
                bestY = mapY;
                bestX = mapX;
              }
            }
            double found = at(memory, out, e, o, y, x);
            assertThat(found).isCloseTo(Math.max(best, 0), within(1e-4));
            double dy = found > 0 ? at(before, outGradient, e, o, y, x) : 0;
            for (int k = 0; k < columns; k++) {
              dw[o * columns + k] += dy * pixel(before, in, e, k, filter, bestY, bestX);
              int inY = bestY - border + k % taps / filter.width();
              int inX = bestX - border + k % filter.width();
              if (inY >= 0 && inY < size && inX >= 0 && inX < size) {
                dx[((e * channels + k / taps) * size + inY) * size + inX] +=
                    w[o * columns + k] * dy;
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < dx.length; i++) {
      int e = i / (channels * size * size);
      double found =
          at(memory, inGradient, e, i / (size * size) % channels, i / size % size, i % size);
      assertThat(found).isCloseTo(dx[i], within(2e-4));
    }
    next = 0;
    for (int entry = 0; entry < rows.entries(); entry++) {
      double expected = rows.isFiller(entry) ? 0 : dw[survivors[next++]];
      assertThat((double) -memory[weights.velocity() + entry]).isCloseTo(expected, within(2e-3));
    }
  }

  private static double pixel(
      float[] memory, Activations in, int e, int column, Filter filter, int mapY, int mapX) {
    int y = mapY - filter.paddingHeight() + column % filter.taps() / filter.width();
    int x = mapX - filter.paddingWidth() + column % filter.width();
    return at(memory, in, e, column / filter.taps(), y, x);
  }

  private static org.assertj.core.data.Offset<Double> within(double difference) {
    return org.assertj.core.data.Offset.offset(difference);
  }

  @Example
  void stridesAreRefused() {
    Arena arena = new Arena();
    Activations in = Activations.images(arena, 1, 1, 9, 9, 0, 0);
    Activations out = Activations.flat(arena, 1, 1, 4, 4);
    SparseRows rows = SparseRows.of(1, 9, new int[] {0});
    assertThatThrownBy(
            () ->
                SparseConvolution.of(
                    KernelProvider.of(KernelProvider.PLAIN),
                    arena,
                    new Filter(3, 3, 2, 2, 0, 0),
                    in,
                    out,
                    rows,
                    Trained.fixed(0),
                    null,
                    0f))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
