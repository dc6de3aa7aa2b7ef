package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelProviderTest {
  private static final int PREFERRED = KernelProvider.preferredLaneBits();

  /** Four, which have loops of their own, and a rest. */
  private static final int CHUNKS = 5;

  private static final int EXAMPLES = 70;

  @Test
  void aProcessHasOneWidthAndSaysWhatItHas() {
    assumeThat(PREFERRED).isGreaterThan(128);
    assertThat(KernelProvider.of(PREFERRED).laneBits()).isEqualTo(PREFERRED);
    assertThat(KernelProvider.reason()).contains(PREFERRED + " bits");
    assertThatThrownBy(() -> KernelProvider.of(128))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(PREFERRED + " bits already");
  }

  /** The build starts these tests with each width; a CPU that lacks one has the next. */
  @Test
  void theWidthIsThatOfTheJvmsOptions() {
    int wanted = Integer.getInteger("secateur.lane-bits", 512);
    assertThat(PREFERRED).isPositive().isLessThanOrEqualTo(wanted);
    assertThat(KernelProvider.ofThisProcess().laneBits()).isEqualTo(PREFERRED);
  }

  @Test
  void aWidthThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> KernelProvider.of(1024))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("1024");
  }

  @Test
  void plainJavaIsThereAlways() {
    assertThat(KernelProvider.of(KernelProvider.PLAIN).laneBits()).isZero();
  }

  /** In a class loader of their own, as another process would have them. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyWidthMakesTheSameBits(int bits) throws Exception {
    assumeThat(PREFERRED).isGreaterThanOrEqualTo(bits);
    float[] expected = work(KernelProvider.of(PREFERRED));
    Class<?> elsewhere = new Apart().loadClass(KernelProviderTest.class.getName());
    Method method = elsewhere.getDeclaredMethod("workWith", int.class);
    method.setAccessible(true);
    assertThat((float[]) method.invoke(null, bits)).isEqualTo(expected);
  }

  @SuppressWarnings("UnusedMethod") // by reflection
  private static float[] workWith(int bits) {
    Kernels kernels = KernelProvider.of(bits);
    assertThat(kernels.laneBits()).isEqualTo(bits);
    return work(kernels);
  }

  /** Two convolutions and two layers behind them, one of each sparse, forward and backward. */
  private static float[] work(Kernels kernels) {
    Arena arena = new Arena();
    Filter filter = new Filter(3, 3, 1, 1, 1, 1);
    Activations in = Activations.images(arena, CHUNKS, 3, 8, 8, 1, 1);
    Activations inGradient = in.another(arena);
    Activations pooled = Activations.flat(arena, CHUNKS, 7, 4, 4);
    Activations pooledGradient = pooled.another(arena);
    Activations hidden = Activations.flat(arena, CHUNKS, 20, 1, 1);
    Activations hiddenGradient = hidden.another(arena);
    Activations out = Activations.flat(arena, CHUNKS, 9, 1, 1);
    Activations outGradient = out.another(arena);
    SparseRows rows = SparseRows.of(20, 112, IntStream.range(0, 700).map(i -> 3 * i).toArray());
    Trained[] tensors = new Trained[5];
    int[] sizes = {27 * 16, 7, 9 * Dense.stride(20), 9, rows.entries()};
    for (int i = 0; i < 5; i++) {
      tensors[i] = new Trained(arena.reserve(sizes[i]), arena.reserve(sizes[i]), Trained.NO_MASK);
    }
    Activations between = Activations.images(arena, CHUNKS, 3, 8, 8, 1, 1);
    Activations betweenGradient = between.another(arena);
    SparseRows taps = SparseRows.of(3, 27, IntStream.range(0, 40).map(i -> 2 * i).toArray());
    Trained tapWeights =
        new Trained(arena.reserve(taps.entries()), arena.reserve(taps.entries()), Trained.NO_MASK);
    SparseConvolution before =
        SparseConvolution.of(
            kernels, arena, filter, in, between, taps, tapWeights, null, Float.NEGATIVE_INFINITY);
    Convolution convolution =
        Convolution.pooled(kernels, arena, filter, between, pooled, tensors[0], tensors[1], 0f);
    SparseDense sparse =
        new SparseDense(kernels, arena, pooled, hidden, rows, tensors[4], null, 0f);
    Dense dense = new Dense(kernels, arena, hidden, out, tensors[2], tensors[3]);
    Backward zeroth = new SparseConvolutionBackward(arena, before, betweenGradient, inGradient);
    Backward first = new ConvolutionBackward(arena, convolution, pooledGradient, betweenGradient);
    Backward second = new SparseDenseBackward(arena, sparse, hiddenGradient, pooledGradient);
    Backward third = new DenseBackward(arena, dense, outGradient, hiddenGradient);
    float[] memory = arena.memory();
    Random random = new Random(6);
    float[] examples = new float[EXAMPLES * in.features()];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = random.nextFloat();
    }
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < sizes[i]; j++) {
        memory[tensors[i].values() + j] = (float) random.nextGaussian();
      }
    }
    for (int entry = 0; entry < taps.entries(); entry++) {
      memory[tapWeights.values() + entry] =
          taps.isFiller(entry) ? 0f : (float) random.nextGaussian();
    }
    for (int i = 0; i < outGradient.length(); i++) {
      memory[outGradient.first() + i] = (float) random.nextGaussian();
    }
    in.fill(memory, examples, EXAMPLES);
    before.forward(memory);
    convolution.forward(memory);
    sparse.forward(memory);
    dense.forward(memory);
    Nesterov rule = new Nesterov(0.1f, 0.9f, 1e-3f, 1e-2f);
    third.backward(memory, 1f / EXAMPLES, rule);
    second.backward(memory, 1f / EXAMPLES, rule);
    first.backward(memory, 1f / EXAMPLES, rule);
    zeroth.backward(memory, 1f / EXAMPLES, rule);
    return memory;
  }

  /** Loads the classes of this package again. */
  private static final class Apart extends ClassLoader {
    Apart() {
      super(KernelProviderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.secateur.kernel.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
