package io.secateur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CheckpointFileTest {
  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.US_ASCII);

  /** printf 'SECTCKPT\1\0\0\0\3\0\0\0\0\0\0\0abc' | sha256sum. */
  private static final String SHA256 =
      "a4d3b3d376eb72e00f6a9b6267fe8014031473d675c152f4f45de74e7142d15d";

  @Test
  void theFileIsHeaderContentAndHash() {
    String expected =
        HexFormat.of().formatHex("SECTCKPT".getBytes(StandardCharsets.US_ASCII))
            + "01000000"
            + "0300000000000000"
            + "616263"
            + SHA256;

    byte[] file = CheckpointFile.toBytes(CONTENT);

    assertThat(HexFormat.of().formatHex(file)).isEqualTo(expected);
    assertThat(CheckpointFile.parse(file, "f")).isEqualTo(CONTENT);
  }

  @Test
  void everyCutAndEveryFlippedBitIsRefused() {
    byte[] file = CheckpointFile.toBytes(CONTENT);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> CheckpointFile.parse(cut, "f"))
          .isInstanceOf(IntegrityException.class);
    }
    for (int bit = 0; bit < file.length * 8; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> CheckpointFile.parse(flipped, "f"))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("without --resume");
    }
  }
}
