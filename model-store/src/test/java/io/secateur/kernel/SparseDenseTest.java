package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Sparse dense layers against loops in doubles over all weights, pruned ones being zero. */
class SparseDenseTest {
  /** One step of this rule leaves the gradient, with its sign turned, as the velocity. */
  private static final Nesterov GRADIENT = new Nesterov(1f, 0f, 0f, 0f);

  private static final Kernels PLAIN = KernelProvider.of(KernelProvider.PLAIN);
  private static final Kernels OURS = KernelProvider.of(KernelProvider.preferredLaneBits());

  /** A layer with its gradients, filled at random, and what it holds as dense doubles. */
  private static final class Sample {
    final int inputs;
    final int outputs;
    final SparseRows rows;
    final int[] survivors;
    final Activations in;
    final Activations inGradient;
    final Activations out;
    final Activations outGradient;
    final Trained weights;
    final Trained bias;
    final SparseDense layer;
    final SparseDenseBackward backward;
    final float[] memory;
    final float[] before;

    Sample(Kernels kernels, int inputs, int outputs, int chunks, double density, long seed) {
      Random random = new Random(seed);
      this.inputs = inputs;
      this.outputs = outputs;
      survivors =
          IntStream.range(0, inputs * outputs).filter(i -> random.nextDouble() < density).toArray();
      rows = SparseRows.of(outputs, inputs, survivors);
      Arena arena = new Arena();
      in = Activations.flat(arena, chunks, inputs, 1, 1);
      inGradient = in.another(arena);
      out = Activations.flat(arena, chunks, outputs, 1, 1);
      outGradient = out.another(arena);
      weights =
          new Trained(
              arena.reserve(rows.entries()), arena.reserve(rows.entries()), Trained.NO_MASK);
      bias = new Trained(arena.reserve(outputs), arena.reserve(outputs), Trained.NO_MASK);
      layer = new SparseDense(kernels, arena, in, out, rows, weights, bias, 0f);
      backward = new SparseDenseBackward(arena, layer, outGradient, inGradient);
      memory = arena.memory();
      for (int entry = 0; entry < rows.entries(); entry++) {
        if (!rows.isFiller(entry)) {
          memory[weights.values() + entry] = (float) random.nextGaussian();
        }
      }
      for (int i = 0; i < outputs; i++) {
        memory[bias.values() + i] = (float) random.nextGaussian();
      }
      for (Activations filled : new Activations[] {in, outGradient}) {
        for (int i = 0; i < filled.length(); i++) {
          memory[filled.first() + i] = (float) random.nextGaussian();
        }
      }
      before = memory.clone();
    }

    double[] denseWeights() {
      double[] dense = new double[inputs * outputs];
      int next = 0;
      for (int row = 0; row < outputs; row++) {
        for (int k = 0; k < rows.count(row); k++) {
          dense[survivors[next++]] = before[weights.values() + rows.start(row) + k];
        }
      }
      return dense;
    }

    void forwardAndBack() {
      layer.forward(memory);
      backward.backward(memory, 1f, GRADIENT);
    }
  }

  private static double at(float[] memory, Activations of, int feature, int example) {
    return memory[of.origin() + feature * of.batch() + example];
  }

  @Property(tries = 60)
  void isADenseLayerWhoseOtherWeightsAreZero(
      @ForAll @IntRange(min = 1, max = 90) int inputs,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(min = 1, max = 9) int chunks,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll long seed) {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      Sample sample = new Sample(kernels, inputs, outputs, chunks, density, seed);
      double[] w = sample.denseWeights();
      sample.forwardAndBack();
      int batch = chunks * Kernels.BLOCK;
      double[] dx = new double[inputs * batch];
      double[] dw = new double[inputs * outputs];
      for (int o = 0; o < outputs; o++) {
        double biasGradient = 0;
        for (int e = 0; e < batch; e++) {
          double sum = sample.before[sample.bias.values() + o];
          for (int i = 0; i < inputs; i++) {
            sum += w[o * inputs + i] * at(sample.before, sample.in, i, e);
          }
          double y = at(sample.memory, sample.out, o, e);
          assertThat(y).isCloseTo(Math.max(sum, 0), within(1e-4));
          double dy = y > 0 ? at(sample.before, sample.outGradient, o, e) : 0;
          biasGradient += dy;
          for (int i = 0; i < inputs; i++) {
            dx[i * batch + e] += w[o * inputs + i] * dy;
            dw[o * inputs + i] += dy * at(sample.before, sample.in, i, e);
          }
        }
        assertThat((double) -sample.memory[sample.bias.velocity() + o])
            .isCloseTo(biasGradient, within(1e-4));
      }
      for (int i = 0; i < dx.length; i++) {
        assertThat(at(sample.memory, sample.inGradient, i / batch, i % batch))
            .isCloseTo(dx[i], within(1e-4));
      }
      int next = 0;
      for (int o = 0; o < outputs; o++) {
        for (int entry = sample.rows.start(o); entry < sample.rows.start(o + 1); entry++) {
          double expected = sample.rows.isFiller(entry) ? 0 : dw[sample.survivors[next++]];
          double found = -sample.memory[sample.weights.velocity() + entry];
          assertThat(found).isCloseTo(expected, within(2e-4));
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double difference) {
    return org.assertj.core.data.Offset.offset(difference);
  }

  /** Momentum, both penalties: fillers are updated with the rest and must not wake up. */
  @Example
  void fillersStayZero() {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      Sample sample = new Sample(kernels, 61, 17, 4, 0.3, 4);
      for (int i = 0; i < 5; i++) {
        sample.layer.forward(sample.memory);
        sample.backward.backward(sample.memory, 1 / 64f, new Nesterov(0.1f, 0.9f, 0.1f, 0.1f));
      }
      int fillers = 0;
      for (int entry = 0; entry < sample.rows.entries(); entry++) {
        boolean filler = sample.rows.isFiller(entry);
        fillers += filler ? 1 : 0;
        for (int at : new int[] {sample.weights.values(), sample.weights.velocity()}) {
          assertThat(sample.memory[at + entry] == 0f).isEqualTo(filler);
        }
      }
      assertThat(fillers).isPositive();
    }
  }

  @Example
  void anEmptyRowGivesItsBiasAndAnEmptyColumnNoGradient() {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      Sample sample = new Sample(kernels, 20, 3, 2, 0, 7);
      sample.forwardAndBack();
      for (int e = 0; e < 32; e++) {
        assertThat(at(sample.memory, sample.out, 1, e))
            .isEqualTo(Math.max(sample.before[sample.bias.values() + 1], 0));
        assertThat(at(sample.memory, sample.inGradient, 11, e)).isZero();
      }
    }
  }

  @Example
  void rowsAreFilledUpToGroupsOfFour() {
    SparseRows rows = SparseRows.of(4, 10, new int[] {3, 7, 20, 21, 25, 28, 29, 39});
    assertThat(rows.survivors()).isEqualTo(8);
    assertThat(rows.entries()).isEqualTo(4 + 0 + 8 + 4);
    assertThat(IntStream.rangeClosed(0, 4).map(i -> i < 4 ? rows.start(i) : rows.entries()))
        .containsExactly(0, 4, 4, 12, 16);
    assertThat(IntStream.range(0, 4).map(rows::count)).containsExactly(2, 0, 5, 1);
    assertThat(IntStream.of(4, 5, 6, 7, 8).map(rows::column)).containsExactly(0, 1, 5, 8, 9);
  }

  @Example
  void survivorsOutOfOrderOrOutsideAreRefused() {
    for (int[] wrong : new int[][] {{3, 3}, {4, 2}, {-1}, {12}}) {
      assertThatThrownBy(() -> SparseRows.of(3, 4, wrong))
          .as(Arrays.toString(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
