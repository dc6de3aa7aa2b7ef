package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.tensor.Shape;
import io.secateur.tensor.WeightTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamagedFileTest {
  private static final Shape SHAPE = Shape.of(2, 5);
  private static final String HEADER = "53454354 01 0202 02 06000000 02000000 05000000";
  private static final String CHUNK_1 = "01000000 00000080 03";

  private static List<byte[]> goodFiles() {
    float[] values = {1, 0, 0, 0, 0, -2, 0, 0, 0, -0.0f};
    return List.of(
        Encoded.of(SHAPE, values, 0, Encoding.DENSE, 6).bytes(),
        Encoded.of(SHAPE, values, 0, Encoding.relativeIndex(2), 6).bytes(),
        Encoded.of(SHAPE, values, 0, Encoding.relativeIndex(8), 3).bytes(),
        Encoded.of(SHAPE, values, 0, Encoding.BITMAP, 6).bytes());
  }

  @Test
  void everyPrefixIsRefused() {
    for (byte[] file : goodFiles()) {
      for (int length = 0; length < file.length; length++) {
        byte[] prefix = Arrays.copyOf(file, length);
        assertThatExceptionOfType(EncodingException.class)
            .as("%d of %d bytes", length, file.length)
            .isThrownBy(() -> TensorCodec.decode(prefix, SHAPE))
            .withMessageStartingWith("at byte " + length + ": found the end of the file inside ");
      }
    }
  }

  @Test
  void everyFlippedBitIsRefused() {
    for (byte[] file : goodFiles()) {
      for (int bit = 0; bit < file.length * 8; bit++) {
        byte[] flipped = file.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatExceptionOfType(EncodingException.class)
            .as("bit %d", bit)
            .isThrownBy(() -> TensorCodec.decode(flipped, SHAPE));
      }
    }
  }

  @Test
  void trailingBytesAreRefused() {
    byte[] file = goodFiles().get(0);
    assertRefused(
        Arrays.copyOf(file, file.length + 3),
        file.length,
        "3 bytes after the last chunk",
        "the end of the file");
  }

  @Test
  void anotherShapeThanExpectedIsRefused() {
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorCodec.decode(goodFiles().get(0), Shape.of(5, 2)))
        .withMessage("at byte 7: found shape [2, 5]; expected shape [5, 2]");
  }

  @Test
  void otherMagicAndVersionAreNamed() {
    byte[] file = goodFiles().get(0);
    byte[] magic = file.clone();
    magic[0] = 0x50;
    byte[] version = file.clone();
    version[4] = 2;

    assertRefused(magic, 0, "50454354", "the magic 53454354");
    assertRefused(version, 4, "format version 2", "version 1");
  }

  @Test
  void headersThatNoEncoderWritesAreRefused() {
    assertRefused(
        new HandWrittenFile().header("53454354 01 0103 02 06000000 02000000 05000000"),
        5,
        "the encoding 0301",
        "one that this version knows");
    assertRefused(
        new HandWrittenFile().header("53454354 01 0202 02 00000000 02000000 05000000"),
        8,
        "0 elements a chunk",
        "a number from 1 to 2147483647");
    assertRefused(
        new HandWrittenFile().header("53454354 01 0202 02 06000000 00000100 00000100"),
        12,
        "dimensions [65536, 65536]",
        "dimensions whose product is at most 2147483647");
    assertRefused(
        new HandWrittenFile().header("53454354 01 0202 09 06000000" + "01000000".repeat(9)),
        7,
        "9 dimensions",
        "at most 8");
  }

  @Test
  void wrongChecksumsAreNamed() {
    byte[] file = goodFiles().get(1);
    byte[] header = file.clone();
    header[8]++;
    byte[] chunk = file.clone();
    chunk[28]++;

    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorCodec.decode(header, SHAPE))
        .withMessageContaining("at byte 20: found the checksum 6ec55bee of the header; expected");
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorCodec.decode(chunk, SHAPE))
        .withMessageContaining("at byte 41: found the checksum 2e2e99b5 of chunk 0; expected");
  }

  @Test
  void chunksThatChangedPlacesAreRefused() throws Exception {
    Shape shape = Shape.of(2);
    byte[] file = Encoded.of(shape, new float[] {1, 2}, 0, Encoding.DENSE, 1).bytes();
    byte[] swapped = file.clone();
    int header = 20;
    int chunk = 12;
    System.arraycopy(file, header + chunk, swapped, header, chunk);
    System.arraycopy(file, header, swapped, header + chunk, chunk);

    assertThat(TensorCodec.decode(file, shape).toDense()).containsExactly(1, 2);
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorCodec.decode(swapped, shape))
        .withMessageContaining("of chunk 0");
  }

  @Test
  void entriesThatNoEncoderWritesAreRefused() {
    assertRefused(
        chunk0("02000000 0000803f 00000000 0c"),
        32,
        "a zero in entry 1 of chunk 0 that skips 3",
        "only fillers to be zero: they skip 3 and another entry follows");
    assertRefused(
        chunk0("03000000 0000803f 00000000 000000c0 08"),
        32,
        "a zero in entry 1 of chunk 0 that skips 2",
        "only fillers to be zero: they skip 3 and another entry follows");
    assertRefused(
        chunk0("03000000 0000803f 00000000 000000c0 1c"),
        36,
        "entry 2 of chunk 0 at element 6",
        "an element below 6");
    assertRefused(
        chunk0("03000000 0000803f 00000000 000000c0 4c"),
        40,
        "bits set after the last index of chunk 0",
        "the last byte to be filled with zeros");
    assertRefused(
        chunk0("07000000" + "0000803f".repeat(7) + "0000"),
        24,
        "7 entries in chunk 0",
        "at most one for each of its 6 elements");
    assertRefused(
        new HandWrittenFile()
            .header("53454354 01 0100 02 0a000000 02000000 05000000")
            .chunk("09000000" + "0000803f".repeat(9)),
        24,
        "9 entries in chunk 0",
        "one for each of its 10 elements");
  }

  @Test
  void bitmapsThatNoEncoderWritesAreRefused() {
    assertRefused(
        bitmap("02000000 0000803f 000000c0 2300"),
        24,
        "2 entries in chunk 0",
        "one for each of the 3 bits set in its bitmap");
    assertRefused(
        bitmap("02000000 0000803f 00000000 2100"),
        32,
        "a zero in entry 1 of chunk 0",
        "a non-zero value");
    assertRefused(
        bitmap("02000000 0000803f 000000c0 0104"),
        36,
        "bits set after the last element of chunk 0",
        "the last byte to be filled with zeros");
  }

  private static HandWrittenFile bitmap(String hex) {
    return new HandWrittenFile()
        .header("53454354 01 0300 02 0a000000 02000000 05000000")
        .chunk(hex);
  }

  private static HandWrittenFile chunk0(String hex) {
    return new HandWrittenFile().header(HEADER).chunk(hex).chunk(CHUNK_1);
  }

  @Test
  void announcedGigabytesAreNotAllocated() {
    Shape huge = Shape.of(Integer.MAX_VALUE);
    byte[] dense = new HandWrittenFile().header("53454354 01 0100 01 ffffff7f ffffff7f").toBytes();
    byte[] entries =
        new HandWrittenFile()
            .header("53454354 01 0205 01 ffffff7f ffffff7f")
            .chunk("ffffff7f 0000803f")
            .toBytes();
    byte[] chunks =
        new HandWrittenFile()
            .header("53454354 01 0205 01 01000000 ffffff7f")
            .chunk("00000000")
            .toBytes();
    byte[] bitmap =
        new HandWrittenFile()
            .header("53454354 01 0300 01 ffffff7f ffffff7f")
            .chunk("01000000 0000803f 01")
            .toBytes();
    for (byte[] file : new byte[][] {dense, entries, chunks, bitmap}) {
      assertThatExceptionOfType(EncodingException.class)
          .isThrownBy(() -> TensorCodec.decode(file, huge))
          .withMessageContaining("found the end of the file inside");
    }
  }

  @Test
  void hugeButEmptyTensorIsSmall() throws Exception {
    byte[] file =
        new HandWrittenFile()
            .header("53454354 01 0205 01 ffffff7f ffffff7f")
            .chunk("00000000")
            .toBytes();

    WeightTensor tensor = TensorCodec.decode(file, Shape.of(Integer.MAX_VALUE));

    assertThat(tensor.nonZeros()).isZero();
    assertThat(tensor.density()).isZero();
  }

  @Test
  void denseResultIsNotAllocatedBeyondTheCallersLimit() throws Exception {
    byte[] small = goodFiles().get(3);
    TensorFile huge =
        TensorFile.parse(
            new HandWrittenFile()
                .header("53454354 01 0205 01 ffffff7f ffffff7f")
                .chunk("00000000")
                .toBytes());

    assertThat(TensorFile.parse(small).toDense(10, Cores.ONE)).hasSize(10);
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorFile.parse(small).toDense(9, Cores.ONE))
        .withMessage("at byte 12: found shape [2, 5] of 10 elements; expected at most 9");
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> huge.toDense(1_000_000_000, Cores.ONE))
        .withMessageContaining("expected at most 1000000000");
  }

  private static void assertRefused(
      HandWrittenFile file, long offset, String found, String expected) {
    assertRefused(file.toBytes(), offset, found, expected);
  }

  private static void assertRefused(byte[] file, long offset, String found, String expected) {
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(() -> TensorCodec.decode(file, SHAPE))
        .returns(offset, EncodingException::offset)
        .returns(found, EncodingException::found)
        .returns(expected, EncodingException::expected);
  }
}
