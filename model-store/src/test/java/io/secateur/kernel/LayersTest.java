package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers against slow loops in doubles over [example][channel][height][width]. */
class LayersTest {
  private static final int EXAMPLES = 21;
  private static final Offset<Double> CLOSE = Offset.offset(2e-5);

  /** One step of this rule leaves the gradient, with its sign turned, as the velocity. */
  private static final Nesterov GRADIENT = new Nesterov(1f, 0f, 0f, 0f);

  private final Random random = new Random(8);

  static List<Kernels> kernels() {
    return List.of(
        KernelProvider.of(KernelProvider.PLAIN),
        KernelProvider.of(KernelProvider.preferredLaneBits()));
  }

  static Stream<Arguments> filters() {
    return kernels().stream()
        .flatMap(
            kernels ->
                Stream.of(
                        new Filter(3, 3, 1, 1, 0, 0),
                        new Filter(5, 5, 1, 1, 2, 2),
                        new Filter(2, 7, 1, 1, 0, 3),
                        new Filter(3, 2, 2, 3, 1, 0),
                        new Filter(1, 1, 2, 2, 0, 0))
                    .map(filter -> Arguments.of(kernels, filter)));
  }

  private float[] values(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void fill(float[] memory, int from, int count) {
    System.arraycopy(values(count), 0, memory, from, count);
  }

  private static Trained tensor(Arena arena, int floats) {
    return new Trained(arena.reserve(floats), arena.reserve(floats), Trained.NO_MASK);
  }

  private static double at(float[] memory, Activations of, int example, int c, int y, int x) {
    return memory[of.at(example / 16, c, y, x) + example % 16];
  }

  /** Gradients in the columns of examples, zeros behind them. */
  private void fillGradient(float[] memory, Activations gradient) {
    for (int example = 0; example < EXAMPLES; example++) {
      for (int c = 0; c < gradient.channels(); c++) {
        for (int i = 0; i < gradient.height() * gradient.width(); i++) {
          int at = gradient.at(example / 16, c, i / gradient.width(), i % gradient.width());
          memory[at + example % 16] = (float) random.nextGaussian();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aDenseLayerIsThatOfDoubles(Kernels kernels) {
    int inputs = 83;
    int outputs = 13;
    Arena arena = new Arena();
    Activations in = Activations.flat(arena, 2, inputs, 1, 1);
    Activations inGradient = in.another(arena);
    Activations out = Activations.flat(arena, 2, outputs, 1, 1);
    Activations outGradient = out.another(arena);
    int stride = Dense.stride(inputs);
    Trained weights = tensor(arena, outputs * stride);
    Trained bias = tensor(arena, outputs);
    Dense layer = new Dense(kernels, arena, in, out, weights, bias);
    DenseBackward backward = new DenseBackward(arena, layer, outGradient, inGradient);
    float[] memory = arena.memory();
    for (int o = 0; o < outputs; o++) {
      fill(memory, weights.values() + o * stride, inputs);
    }
    fill(memory, bias.values(), outputs);
    in.fill(memory, values(EXAMPLES * inputs), EXAMPLES);
    fillGradient(memory, outGradient);
    float[] before = memory.clone();

    layer.forward(memory);
    backward.backward(memory, 1f, GRADIENT);

    for (int o = 0; o < outputs; o++) {
      double biasSum = 0;
      for (int e = 0; e < EXAMPLES; e++) {
        double sum = before[bias.values() + o];
        for (int i = 0; i < inputs; i++) {
          sum += before[weights.values() + o * stride + i] * at(before, in, e, i, 0, 0);
        }
        assertThat(at(memory, out, e, o, 0, 0)).isCloseTo(sum, CLOSE);
        biasSum += at(before, outGradient, e, o, 0, 0);
      }
      assertThat((double) -memory[bias.velocity() + o]).isCloseTo(biasSum, CLOSE);
      for (int i = 0; i < inputs; i++) {
        double sum = 0;
        for (int e = 0; e < EXAMPLES; e++) {
          sum += at(before, outGradient, e, o, 0, 0) * at(before, in, e, i, 0, 0);
        }
        assertThat((double) -memory[weights.velocity() + o * stride + i]).isCloseTo(sum, CLOSE);
      }
    }
    for (int i = 0; i < inputs; i++) {
      for (int e = 0; e < EXAMPLES; e++) {
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
          sum += before[weights.values() + o * stride + i] * at(before, outGradient, e, o, 0, 0);
        }
        assertThat(at(memory, inGradient, e, i, 0, 0)).isCloseTo(sum, CLOSE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void aConvolutionIsThatOfDoubles(Kernels kernels, Filter filter) {
    int channels = 3;
    int outputs = 7;
    int size = 8;
    Arena arena = new Arena();
    Activations in =
        Activations.images(
            arena, 2, channels, size, size, filter.paddingHeight(), filter.paddingWidth());
    Activations inGradient = in.another(arena);
    int height = filter.mapHeight(size);
    int width = filter.mapWidth(size);
    Activations out = Activations.images(arena, 2, outputs, height, width, 0, 0);
    Activations outGradient = out.another(arena);
    int stride = Convolution.stride(outputs);
    int taps = channels * filter.height() * filter.width();
    Trained weights = tensor(arena, taps * stride);
    Trained bias = tensor(arena, outputs);
    Convolution layer =
        Convolution.of(kernels, arena, filter, in, out, weights, bias, Float.NEGATIVE_INFINITY);
    ConvolutionBackward backward = new ConvolutionBackward(arena, layer, outGradient, inGradient);
    float[] memory = arena.memory();
    for (int tap = 0; tap < taps; tap++) {
      fill(memory, weights.values() + tap * stride, outputs);
    }
    fill(memory, bias.values(), outputs);
    in.fill(memory, values(EXAMPLES * in.features()), EXAMPLES);
    fillGradient(memory, outGradient);
    float[] before = memory.clone();

    layer.forward(memory);
    backward.backward(memory, 1f, GRADIENT);

    double[][][] found = new double[3][][];
    found[0] = new double[EXAMPLES][outputs * height * width];
    found[1] = new double[EXAMPLES][channels * size * size];
    found[2] = new double[outputs][taps];
    for (int e = 0; e < EXAMPLES; e++) {
      for (int o = 0; o < outputs; o++) {
        for (int p = 0; p < height * width; p++) {
          int y = p / width;
          int x = p % width;
          double d = at(before, outGradient, e, o, y, x);
          double sum = before[bias.values() + o];
          for (int tap = 0; tap < taps; tap++) {
            int c = tap / (filter.height() * filter.width());
            int inY =
                y * filter.strideHeight()
                    - filter.paddingHeight()
                    + tap / filter.width() % filter.height();
            int inX = x * filter.strideWidth() - filter.paddingWidth() + tap % filter.width();
            if (inY < 0 || inY >= size || inX < 0 || inX >= size) {
              continue;
            }
            double w = before[weights.values() + tap * stride + o];
            double value = at(before, in, e, c, inY, inX);
            sum += w * value;
            found[1][e][(c * size + inY) * size + inX] += w * d;
            found[2][o][tap] += value * d;
          }
          found[0][e][o * height * width + p] = sum;
        }
      }
    }
    for (int e = 0; e < EXAMPLES; e++) {
      for (int i = 0; i < found[0][e].length; i++) {
        int p = i % (height * width);
        assertThat(at(memory, out, e, i / (height * width), p / width, p % width))
            .isCloseTo(found[0][e][i], CLOSE);
      }
      for (int i = 0; i < found[1][e].length; i++) {
        int p = i % (size * size);
        assertThat(at(memory, inGradient, e, i / (size * size), p / size, p % size))
            .isCloseTo(found[1][e][i], CLOSE);
      }
    }
    for (int o = 0; o < outputs; o++) {
      for (int tap = 0; tap < taps; tap++) {
        assertThat((double) -memory[weights.velocity() + tap * stride + o])
            .isCloseTo(found[2][o][tap], Offset.offset(2e-4));
      }
    }
  }

  /** The pool is within the convolution in one, and a layer by itself in the other. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aConvolutionWithItsPoolIsTheTwoOneAfterTheOther(Kernels kernels) {
    Filter filter = new Filter(3, 3, 1, 1, 0, 0);
    Filter halving = new Filter(2, 2, 2, 2, 0, 0);
    float[][] results = new float[2][];
    for (int way = 0; way < 2; way++) {
      Random same = new Random(9);
      Arena arena = new Arena();
      Activations in = Activations.images(arena, 2, 2, 9, 9, 0, 0);
      Activations inGradient = in.another(arena);
      Activations pooled = Activations.flat(arena, 2, 6, 3, 3);
      Activations pooledGradient = pooled.another(arena);
      Trained weights = tensor(arena, 18 * 16);
      Trained bias = tensor(arena, 6);
      Activations map = Activations.images(arena, 2, 6, 7, 7, 0, 0);
      Activations mapGradient = map.another(arena);
      Layer[] forward;
      Backward[] backward;
      if (way == 0) {
        Convolution fused =
            Convolution.pooled(kernels, arena, filter, in, pooled, weights, bias, 0f);
        forward = new Layer[] {fused};
        backward =
            new Backward[] {new ConvolutionBackward(arena, fused, pooledGradient, inGradient)};
      } else {
        Convolution apart = Convolution.of(kernels, arena, filter, in, map, weights, bias, 0f);
        MaxPool pool = new MaxPool(arena, halving, map, pooled);
        forward = new Layer[] {apart, pool};
        backward =
            new Backward[] {
              pool.backward(pooledGradient, mapGradient),
              new ConvolutionBackward(arena, apart, mapGradient, inGradient)
            };
      }
      float[] memory = arena.memory();
      for (int i = 0; i < 18 * 16; i++) {
        memory[weights.values() + i] = (float) same.nextGaussian();
      }
      float[] examples = new float[EXAMPLES * in.features()];
      for (int i = 0; i < examples.length; i++) {
        examples[i] = (float) same.nextGaussian();
      }
      in.fill(memory, examples, EXAMPLES);
      for (int i = 0; i < pooledGradient.length(); i++) {
        memory[pooledGradient.first() + i] = (float) same.nextGaussian();
      }
      for (Layer layer : forward) {
        layer.forward(memory);
      }
      for (Backward layer : backward) {
        layer.backward(memory, 1f, GRADIENT);
      }
      results[way] = java.util.Arrays.copyOfRange(memory, in.first(), weights.velocity() + 18 * 16);
      java.util.Arrays.fill(
          results[way],
          pooledGradient.first() - in.first(),
          pooledGradient.first() - in.first() + pooledGradient.length(),
          0f);
    }
    for (int i = 0; i < results[0].length; i++) {
      assertThat((double) results[0][i]).as("%d", i).isCloseTo(results[1][i], Offset.offset(1e-4));
    }
  }

  @Test
  void softmaxAndItsGradientAreThoseOfDoubles() {
    Arena arena = new Arena();
    Activations logits = Activations.flat(arena, 1, 4, 1, 1);
    Activations gradient = logits.another(arena);
    float[] memory = arena.memory();
    logits.fill(memory, new float[] {1, 2, 3, 4, -800, 0, 90, 90}, 2);
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(logits);
    float[] probabilities = new float[8];

    softmax.predict(memory, 2, probabilities);
    double loss = softmax.gradient(memory, new int[] {2, 3}, 2, gradient);

    double sum = Math.exp(-3) + Math.exp(-2) + Math.exp(-1) + 1;
    assertThat((double) probabilities[0]).isCloseTo(Math.exp(-3) / sum, CLOSE);
    assertThat(probabilities[4]).isZero();
    assertThat(probabilities[6]).isEqualTo(0.5f);
    assertThat(at(memory, gradient, 0, 2, 0, 0)).isCloseTo(Math.exp(-1) / sum - 1, CLOSE);
    assertThat(at(memory, gradient, 1, 3, 0, 0)).isEqualTo(-0.5);
    assertThat(at(memory, gradient, 2, 0, 0, 0)).isZero();
    assertThat(loss).isCloseTo(Math.log(sum) + 1 + Math.log(2), Offset.offset(1e-12));
  }

  @Test
  void theExponentialIsThatOfStrictMathToATrillionth() {
    for (double x = 0; x > -690; x -= 0.37) {
      double expected = StrictMath.exp(x);
      assertThat(SoftmaxCrossEntropy.exp(x)).isCloseTo(expected, Offset.offset(1e-12 * expected));
    }
    assertThat(SoftmaxCrossEntropy.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(SoftmaxCrossEntropy.exp(Double.NaN)).isNaN();
  }
}
