package io.secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of this process against plain Java, and both against loops in doubles. */
class KernelsTest {
  private static final Kernels PLAIN = KernelProvider.of(KernelProvider.PLAIN);
  private static final Kernels OURS = KernelProvider.of(KernelProvider.preferredLaneBits());
  private static final int LEFT = 0;
  private static final int RIGHT = 2_000;
  private static final int START = 6_000;
  private static final int TARGET = 7_000;

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Product product(int rows) {
    int[] terms = new int[2 * 60];
    Random random = new Random(4);
    for (int k = 0; k < 60; k++) {
      terms[2 * k] = random.nextInt(200);
      terms[2 * k + 1] = 16 * random.nextInt(100);
    }
    Product product = new Product(terms, 211, 32, 16, 80).rows(rows, START, TARGET, LEFT);
    product.from = 3;
    product.right0 = RIGHT;
    product.right1 = RIGHT + 800;
    product.right2 = RIGHT + 1616;
    product.right3 = RIGHT + 2400;
    return product;
  }

  private static double expected(float[] a, Product p, int row, int column, int lane) {
    int[] rights = {p.right0, p.right1, p.right2, p.right3};
    double sum = a[START + row * 32 + column * 16 + lane];
    for (int k = p.from; k < p.to; k++) {
      sum +=
          (double) a[LEFT + row * 211 + p.terms[2 * k]]
              * a[rights[column] + p.terms[2 * k + 1] + lane];
    }
    return sum;
  }

  private static void assertProduct(
      Kernels kernels, int rows, int columns, BiConsumer<float[], Product> multiply) {
    float[] arena = random(8_000, 1);
    float[] before = arena.clone();
    Product product = product(rows);
    multiply.accept(arena, product);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns * 16; i++) {
        int at = TARGET + row * 80 + i;
        double expected = expected(before, product, row, i / 16, i % 16);
        assertThat((double) arena[at])
            .as("row %d, column %d, %d bits", row, i, kernels.laneBits())
            .isCloseTo(expected, org.assertj.core.data.Offset.offset(3e-5));
        arena[at] = before[at];
      }
    }
    assertThat(arena).as("nothing else is written").isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void productsAreThoseOfDoubles(int rows) {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      assertProduct(kernels, rows, 4, kernels::multiplyFour);
      assertProduct(kernels, rows, 2, kernels::multiplyTwo);
      assertProduct(kernels, rows, 1, kernels::multiplyOne);
    }
  }

  private static void assertAlike(BiConsumer<Kernels, float[]> work) {
    float[] plain = random(4_096, 2);
    float[] ours = plain.clone();
    work.accept(PLAIN, plain);
    work.accept(OURS, ours);
    assertThat(ours).isEqualTo(plain);
  }

  @Test
  void whatIsNoProductHasTheBitsOfPlainJava() {
    assertAlike((kernels, a) -> kernels.biasAndBound(a, 16, 64, 16, 0.3f, 0f));
    assertAlike((kernels, a) -> kernels.largestOfFour(a, 16, 128, 256, 0.3f, 0f));
    assertAlike(
        (kernels, a) -> kernels.largestOfFour(a, 0, 128, 256, -0.1f, Float.NEGATIVE_INFINITY));
    assertAlike((kernels, a) -> kernels.relu(a, 32, 160));
    assertAlike((kernels, a) -> kernels.reluBackward(a, 0, 1_024, 160));
    assertAlike((kernels, a) -> kernels.multiply(a, 0, 1_024, 160));
    assertAlike((kernels, a) -> kernels.addBlocks(a, 0, 48, 7, 1_024));
  }

  @Test
  void ofEqualPixelsTheFirstIsTheLargest() {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      float[] a = new float[128];
      a[16] = 2;
      a[48] = 2;
      kernels.largestOfFour(a, 0, 64, 80, 1f, 0f);
      assertThat(a[64]).isEqualTo(3);
      assertThat(a[80]).isEqualTo(1);
      assertThat(a[81]).isEqualTo(0);
      a[64] = 7;
      kernels.spreadToFour(a, 64, 80, 0, 16, 32, 48);
      assertThat(new float[] {a[0], a[16], a[32], a[48]}).containsExactly(0, 7, 0, 0);
    }
  }

  @Test
  void anUpdateHasTheBitsOfPlainJavaWithAndWithoutPenaltiesAndMask() {
    for (float l1 : new float[] {0f, 1e-3f}) {
      Nesterov rule = new Nesterov(0.1f, 0.9f, l1, 1e-2f);
      assertAlike(
          (kernels, a) -> {
            a[1_000] = 0f;
            Trained tensor = new Trained(992, 2_000, Trained.NO_MASK);
            kernels.update(a, 0, tensor, 8, 320, 1 / 64f, rule);
          });
      assertAlike(
          (kernels, a) -> {
            for (int i = 3_008; i < 3_328; i++) {
              a[i] = i % 3 == 0 ? 1f : 0f;
            }
            kernels.update(a, 0, new Trained(1_000, 2_000, 3_000), 8, 320, 1 / 64f, rule);
            for (int i = 3_008; i < 3_328; i++) {
              if (i % 3 != 0) {
                assertThat(Float.floatToRawIntBits(a[i - 2_000])).isZero();
                assertThat(Float.floatToRawIntBits(a[i - 1_000])).isZero();
              }
            }
          });
    }
  }

  /** v' = 0.5 x 2 - 0.1 (3 / 2 + 0.1 x 4 + 0.2) = 0.79; w = 4 + 1.5 x 0.79 - 0.5 x 2. */
  @Test
  void anUpdateIsTheFormula() {
    for (Kernels kernels : new Kernels[] {PLAIN, OURS}) {
      float[] a = new float[48];
      a[0] = 3;
      a[16] = 4;
      a[32] = 2;
      kernels.update(
          a,
          0,
          new Trained(16, 32, Trained.NO_MASK),
          0,
          16,
          0.5f,
          new Nesterov(0.1f, 0.5f, 0.2f, 0.1f));
      assertThat(a[32]).isCloseTo(0.79f, org.assertj.core.data.Offset.offset(1e-6f));
      assertThat(a[16]).isCloseTo(4.185f, org.assertj.core.data.Offset.offset(1e-6f));
    }
  }
}
