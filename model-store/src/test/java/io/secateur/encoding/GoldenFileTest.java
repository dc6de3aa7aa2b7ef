package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were written when their format version was new. They are never written again: a store
 * that holds such files must be readable for ever.
 */
class GoldenFileTest {
  private static final Shape SHAPE = Shape.of(3, 50);

  /** The zeros before each value. */
  private static final int[] GAPS = {0, 3, 4, 5, 7, 8, 31, 32, 33};

  /** 1, -0, the smallest subnormal, NaNs quiet and signalling, infinity, -pi … */
  private static final int[] BITS = {
    0x3f800000,
    0x80000000,
    0x00000001,
    0x7fc12345,
    0xff812345,
    0x7f800000,
    0xc0490fdb,
    0x007fffff,
    0x33d6bf95
  };

  private static float[] values() {
    float[] values = new float[SHAPE.elements()];
    int at = 0;
    for (int i = 0; i < GAPS.length; i++) {
      at += GAPS[i];
      values[at++] = Float.intBitsToFloat(BITS[i]);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense",
        "bitmap",
        "relative-index/2",
        "relative-index/5",
        "relative-index/8",
        "relative-index/16"
      })
  void versionOneIsReadAndStillWritten(String name) throws Exception {
    byte[] golden = golden("tensor-1-" + name.replace('/', '-') + ".bin");
    TensorFile file = TensorFile.parse(golden, SHAPE);

    assertThat(file.encoding()).hasToString(name);
    assertThat(file.chunks()).isEqualTo(4);
    assertThat(DenseTensor.wrapping(SHAPE, file.toDense(SHAPE.elements(), Cores.ONE)))
        .isEqualTo(DenseTensor.of(SHAPE, values()));
    assertThat(Encoded.of(SHAPE, values(), 0, file.encoding(), 40).bytes()).isEqualTo(golden);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFileTest.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    }
  }
}
