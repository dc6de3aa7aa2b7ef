package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

class TensorCodecTest {
  private static final Shape EXAMPLE_SHAPE = Shape.of(2, 5);
  private static final float[] EXAMPLE = {1, 0, 0, 0, 0, -2, 0, 0, 0, -0.0f};

  private static EncodedTensor example() {
    return Encoded.of(EXAMPLE_SHAPE, EXAMPLE, 0, Encoding.relativeIndex(2), 6);
  }

  @Example
  void examplesOfTheFormatAreWhatTheEncoderWrites() throws Exception {
    assertThat(example().bytes())
        .isEqualTo(dumpInFormat("02 02                    relative"))
        .hasSize(58);
    assertThat(example().account()).isEqualTo(new ByteAccount(12, 2, 4, 0, 40));

    EncodedTensor bitmap = Encoded.of(EXAMPLE_SHAPE, EXAMPLE, 0, Encoding.BITMAP, 6);
    assertThat(bitmap.bytes())
        .isEqualTo(dumpInFormat("03 00                    bitmap"))
        .hasSize(54);
    assertThat(bitmap.account()).isEqualTo(new ByteAccount(12, 2, 0, 0, 40));
  }

  /** The bytes of the dump in FORMAT.md that has this line. */
  private static byte[] dumpInFormat(String line) throws IOException {
    return Arrays.stream(Files.readString(Path.of("FORMAT.md")).split("```"))
        .filter(block -> block.contains("\n" + line))
        .map(
            block ->
                block
                    .lines()
                    .map(bytes -> bytes.split(" {2,}", 2)[0])
                    .collect(Collectors.joining()))
        .map(HandWrittenFile::parse)
        .findFirst()
        .orElseThrow();
  }

  @Example
  void relativeIndexIsByteForByteAsByHand() {
    byte[] expected =
        new HandWrittenFile()
            .header("53454354 01 0202 02 06000000 02000000 05000000")
            .chunk("03000000 0000803f 00000000 000000c0 0c")
            .chunk("01000000 00000080 03")
            .toBytes();

    assertThat(example().bytes()).isEqualTo(expected);
  }

  @Example
  void bitmapIsByteForByteAsByHand() {
    // Nine elements take two bytes, of which the last seven bits are padding.
    byte[] expected =
        new HandWrittenFile()
            .header("53454354 01 0300 02 09000000 02000000 05000000")
            .chunk("02000000 0000803f 000000c0 2100")
            .chunk("01000000 00000080 01")
            .toBytes();

    assertThat(Encoded.of(EXAMPLE_SHAPE, EXAMPLE, 0, Encoding.BITMAP, 9).bytes())
        .isEqualTo(expected);
  }

  @Example
  void denseIsByteForByteAsByHand() throws Exception {
    byte[] expected =
        new HandWrittenFile()
            .header("53454354 01 0100 01 02000000 03000000")
            .chunk("02000000 0000803f 00000080")
            .chunk("01000000 000000c0")
            .toBytes();
    float[] arena = {9, 1, -0.0f, -2, 9};

    EncodedTensor encoded = Encoded.of(Shape.of(3), arena, 1, Encoding.DENSE, 2);

    assertThat(encoded.bytes()).isEqualTo(expected);
    assertThat(encoded.account()).isEqualTo(new ByteAccount(12, 0, 0, 0, 36));
    assertThat(TensorCodec.decode(expected, Shape.of(3)))
        .isEqualTo(DenseTensor.of(Shape.of(3), new float[] {1, -0.0f, -2}));
  }

  @Example
  void referenceChecksumHasThePublishedCheckValue() {
    assertThat(HandWrittenFile.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283);
  }

  @Example
  void distanceOfThirtyTwoNeedsNoFillerAtFiveBitsAndThirtyThreeNeedsOne() {
    float[] values = new float[100];
    values[31] = 1;
    values[31 + 32] = 1;
    ByteAccount near =
        TensorCodec.encode(Shape.of(100), values, 0, Encoding.relativeIndex(5)).account();
    values[63] = 0;
    values[64] = 1;
    ByteAccount far =
        TensorCodec.encode(Shape.of(100), values, 0, Encoding.relativeIndex(5)).account();

    // Header 20 and chunk 8. Indices: 10 bits, then 15 bits, in two bytes.
    assertThat(near).isEqualTo(new ByteAccount(8, 2, 0, 0, 28));
    assertThat(far).isEqualTo(new ByteAccount(8, 2, 4, 0, 28));
  }

  @Example
  void negativeZeroSubnormalsAndNaNPayloadsSurvive() throws Exception {
    int[] bits = {0x80000000, 0x00000001, 0x807fffff, 0x7fc12345, 0xff812345, 0x7f800000, 0};
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    Shape shape = Shape.of(bits.length);
    for (Encoding encoding : Encoding.all()) {
      WeightTensor read =
          TensorCodec.decode(TensorCodec.encode(shape, values, 0, encoding).bytes(), shape);
      float[] dense = read.toDense();
      for (int i = 0; i < bits.length; i++) {
        assertThat(Float.floatToRawIntBits(dense[i])).as("%s %d", encoding, i).isEqualTo(bits[i]);
      }
      assertThat(read.nonZeros()).isEqualTo(6);
    }
  }

  @Example
  void tensorOfSeveralFullChunksRoundTrips() throws Exception {
    Shape shape = Shape.of(300, 784);
    float[] values = new float[shape.elements()];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(100) < 8 ? (float) random.nextGaussian() : 0.0f;
    }

    EncodedTensor encoded = TensorCodec.encode(shape, values, 0, Encoding.relativeIndex(5));
    WeightTensor decoded = TensorCodec.decode(encoded.bytes(), shape);

    assertThat(decoded).isInstanceOf(SparseTensor.class);
    assertThat(decoded.toDense()).isEqualTo(values);
    // A random mask of 8 % needs 0.92^32 / (1 - 0.92^32) = 7.5 % fillers.
    double fillers = encoded.account().fillers() / (4 + 5 / 8.0);
    assertThat(fillers / decoded.nonZeros()).isBetween(0.065, 0.085);
  }

  @Example
  void emptyAndScalarTensorsRoundTrip() throws Exception {
    Shape none = Shape.of(0, 4);
    Shape scalar = Shape.of();
    for (Encoding encoding : Encoding.all()) {
      byte[] empty = TensorCodec.encode(none, new float[0], 0, encoding).bytes();
      byte[] one = TensorCodec.encode(scalar, new float[] {3}, 0, encoding).bytes();
      assertThat(empty).hasSize(24);
      assertThat(TensorCodec.decode(empty, none).toDense()).isEmpty();
      assertThat(TensorCodec.decode(one, scalar).toDense()).containsExactly(3);
    }
  }

  @Example
  void tensorsOutsideTheArenaOrOfTooManyDimensionsAreRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> TensorCodec.encode(Shape.of(3), new float[4], 2, Encoding.DENSE));
    Shape nine = Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorCodec.encode(nine, new float[1], 0, Encoding.DENSE))
        .withMessageContaining("at most 8 dimensions");
  }
}
