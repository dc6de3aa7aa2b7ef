package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TensorCodecTest {
  private static final Shape EXAMPLE_SHAPE = Shape.of(2, 5);
  private static final float[] EXAMPLE = {1, 0, 0, 0, 0, -2, 0, 0, 0, -0.0f};

  private static EncodedTensor example() {
    return TensorCodec.encode(EXAMPLE_SHAPE, EXAMPLE, 0, Encoding.relativeIndex(2), 6);
  }

  @Example
  void exampleOfTheFormatIsWhatTheEncoderWrites() throws Exception {
    String document = Files.readString(Path.of("FORMAT.md"));
    String dump = document.substring(document.indexOf("53 45 43 54              magic"));
    String hex =
        dump.substring(0, dump.indexOf("```"))
            .lines()
            .map(line -> line.split(" {2,}", 2)[0])
            .collect(Collectors.joining());

    assertThat(example().bytes()).isEqualTo(HandWrittenFile.parse(hex)).hasSize(58);
    assertThat(example().account()).isEqualTo(new ByteAccount(12, 2, 4, 0, 40));
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
  void denseIsByteForByteAsByHand() throws Exception {
    byte[] expected =
        new HandWrittenFile()
            .header("53454354 01 0100 01 02000000 03000000")
            .chunk("02000000 0000803f 00000080")
            .chunk("01000000 000000c0")
            .toBytes();
    float[] arena = {9, 1, -0.0f, -2, 9};

    EncodedTensor encoded = TensorCodec.encode(Shape.of(3), arena, 1, Encoding.DENSE, 2);

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
    for (Encoding encoding : new Encoding[] {Encoding.DENSE, Encoding.relativeIndex(5)}) {
      WeightTensor read =
          TensorCodec.decode(TensorCodec.encode(shape, values, 0, encoding).bytes(), shape);
      float[] dense = read.toDense();
      for (int i = 0; i < bits.length; i++) {
        assertThat(Float.floatToRawIntBits(dense[i])).as("%s %d", encoding, i).isEqualTo(bits[i]);
      }
      assertThat(read.nonZeros()).isEqualTo(6);
    }
  }

  @Property(tries = 300)
  void roundTripIsExactAndAccountedFor(
      @ForAll("encodings") Encoding encoding,
      @ForAll @IntRange(max = 2_000) int elements,
      @ForAll @IntRange(min = 1, max = 700) int chunkElements,
      @ForAll @IntRange(max = 100) int percent,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    int from = random.nextInt(3);
    float[] arena = new float[from + elements + random.nextInt(3)];
    for (int i = 0; i < arena.length; i++) {
      arena[i] = random.nextInt(100) < percent ? Float.intBitsToFloat(random.nextInt()) : 0.0f;
    }
    float[] values = Arrays.copyOfRange(arena, from, from + elements);
    Shape shape = Shape.of(1, elements);

    EncodedTensor encoded = TensorCodec.encode(shape, arena, from, encoding, chunkElements);
    WeightTensor decoded = TensorCodec.decode(encoded.bytes(), shape);

    assertThat(DenseTensor.wrapping(shape, decoded.toDense()))
        .isEqualTo(DenseTensor.of(shape, values));
    assertThat(encoded.account().stored()).isEqualTo(encoded.bytes().length);
    assertThat(encoded.account())
        .isEqualTo(SlowAccount.of(values, encoding, chunkElements, shape.rank()));
    assertThat(TensorCodec.encodedBytes(shape, arena, from, encoding))
        .isEqualTo(TensorCodec.encode(shape, arena, from, encoding).bytes().length);
  }

  @Provide
  Arbitrary<Encoding> encodings() {
    return Arbitraries.integers()
        .between(1, 16)
        .map(bits -> bits == 1 ? Encoding.DENSE : Encoding.relativeIndex(bits));
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
    for (Encoding encoding : new Encoding[] {Encoding.DENSE, Encoding.relativeIndex(8)}) {
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
