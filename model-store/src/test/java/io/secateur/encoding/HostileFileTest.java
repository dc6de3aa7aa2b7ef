package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Files that someone wrote to do harm: their checksums are right. */
class HostileFileTest {
  private static final int HEADER_BYTES = 20;

  /** A tensor in an encoding has one file: what can be read is what the encoder would write. */
  @Property
  void whatIsNotRefusedIsWhatTheEncoderWrites(
      @ForAll @IntRange(max = 16) int encoding,
      @ForAll @IntRange(min = 1, max = 200) int elements,
      @ForAll long seed) {
    Random random = new Random(seed);
    Encoding kind = Encoding.all().get(encoding);
    Shape shape = Shape.of(elements);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = random.nextInt(6) == 0 ? random.nextInt(3) : 0.0f;
    }
    byte[] file = TensorCodec.encode(shape, values, 0, kind).bytes();
    int payload = file.length - HEADER_BYTES - StoredChunk.FRAME_BYTES;
    for (int flips = 1 + random.nextInt(3); flips > 0 && payload > 0; flips--) {
      int at = HEADER_BYTES + Integer.BYTES + random.nextInt(payload);
      file[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    correctChecksum(file);

    float[] dense = new float[elements];
    Arrays.fill(dense, 7);
    boolean readDense = reads(() -> TensorFile.parse(file, shape).read(dense, 0, Cores.ONE));
    boolean readSparse = reads(() -> TensorFile.parse(file, shape).toSparse(Cores.ONE));
    boolean streamed =
        reads(
            () -> TensorStream.open(new ByteArrayInputStream(file), file.length, shape).toSparse());

    assertThat(readSparse).isEqualTo(readDense);
    assertThat(streamed).isEqualTo(readDense);
    if (readDense) {
      assertThat(TensorCodec.encode(shape, dense, 0, kind).bytes()).isEqualTo(file);
    }
  }

  private interface Reading {
    void read() throws Exception;
  }

  /** False when the bytes were refused in the way they should be; anything else is an error. */
  private static boolean reads(Reading reading) {
    try {
      reading.read();
      return true;
    } catch (EncodingException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError("neither read nor refused", e);
    }
  }

  private static void correctChecksum(byte[] file) {
    int end = file.length - Integer.BYTES;
    LittleEndian.putInt(
        file, end, StoredChunk.checksumOf(0, file, HEADER_BYTES, end - HEADER_BYTES));
  }

  @Example
  void firstDamagedChunkIsNamedWhateverTheCores() throws Exception {
    Shape shape = Shape.of(1_000);
    float[] values = new float[1_000];
    Arrays.fill(values, 1);
    byte[] file = Encoded.of(shape, values, 0, Encoding.BITMAP, 10).bytes();
    int chunk = 4 + 40 + 2 + 4;
    for (int number = 99; number >= 41; number--) {
      file[HEADER_BYTES + chunk * number + 4] ^= 1;
    }
    TensorFile parsed = TensorFile.parse(file);
    for (Cores cores : Cores.values()) {
      assertThatExceptionOfType(EncodingException.class)
          .isThrownBy(() -> parsed.read(new float[1_000], 0, cores))
          .withMessageContaining("of chunk 41;");
      assertThatExceptionOfType(EncodingException.class)
          .isThrownBy(() -> parsed.toSparse(cores))
          .withMessageContaining("of chunk 41;");
    }
    assertThat(parsed.readChunk(40, new float[10], 0)).isEqualTo(10);
  }

  @Example
  void streamsThatEndEarlyOrLateAreRefused() {
    Shape shape = Shape.of(20);
    float[] values = new float[20];
    values[3] = 1;
    values[19] = 2;
    byte[] file = Encoded.of(shape, values, 0, Encoding.relativeIndex(3), 10).bytes();
    for (int length = 0; length < file.length; length++) {
      byte[] prefix = Arrays.copyOf(file, length);
      for (int announced : new int[] {length, file.length}) {
        assertThatExceptionOfType(EncodingException.class)
            .as("%d of %d bytes", length, announced)
            .isThrownBy(
                () ->
                    TensorStream.open(new ByteArrayInputStream(prefix), announced, shape)
                        .read(new float[20], 0))
            .withMessageContaining("found the end of the file inside ");
      }
    }
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(
            () ->
                TensorStream.open(new ByteArrayInputStream(longer), longer.length, shape)
                    .toSparse())
        .withMessageContaining("bytes after the last chunk");
  }

  /** Two billion entries in one chunk, announced in a file of 40 bytes. */
  @Example
  void streamDoesNotMakeRoomForWhatTheFileDoesNotHold() {
    byte[] file =
        new HandWrittenFile()
            .header("53454354 01 0205 01 ffffff7f ffffff7f")
            .chunk("ffffff7f 0000803f")
            .toBytes();
    assertThatExceptionOfType(EncodingException.class)
        .isThrownBy(
            () ->
                TensorStream.open(
                        new ByteArrayInputStream(file), file.length, Shape.of(Integer.MAX_VALUE))
                    .toSparse())
        .withMessageContaining("found the end of the file inside chunk 0");
  }
}
