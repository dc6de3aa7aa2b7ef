package io.secateur.data;

import static io.secateur.data.IdxBytes.gzip;
import static io.secateur.data.IdxBytes.images;
import static io.secateur.data.IdxBytes.labels;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
  /** Three images of 2 x 2; 16 + 12 bytes. */
  private static final byte[] IMAGES = images(3, 2, 2, 0, 1, 2, 3, 4, 5, 6, 7, 252, 253, 254, 255);

  /** Their labels; 8 + 3 bytes. */
  private static final byte[] LABELS = labels(3, 9, 0, 5);

  /** {@code printf '\0\0\10\1\0\0\0\3\11\0\5' | sha256sum}. */
  private static final String LABELS_SHA256 =
      "sha256:f33f899677990b91376b546154d11a4922f522c6b482bd3ce886e879e2872533";

  @TempDir Path folder;

  @Test
  void readsPixelsAndLabels() {
    LabelledImages read = read(IMAGES, LABELS);
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.imageShape()).isEqualTo(new ImageShape(1, 2, 2));
    assertThat(read.pixels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, -4, -3, -2, -1);
    assertThat(read.labels()).containsExactly(9, 0, 5);
    float[] features = new float[4];
    int[] label = new int[1];
    read.fill(2, 1, features, label);
    assertThat(features).containsExactly(252 / 255f, 253 / 255f, 254 / 255f, 1f);
    assertThat(label).containsExactly(5);
  }

  @Test
  void aCompressedFileHasTheContentAndTheFingerprintOfThePlainOne() {
    RowScan plain = content(IMAGES, LABELS, RowRange.all(3));
    RowScan compressed = content(gzip(IMAGES), gzip(LABELS), RowRange.all(3));
    assertThat(compressed.rows().pixels()).isEqualTo(plain.rows().pixels());
    assertThat(compressed.rows().labels()).isEqualTo(plain.rows().labels());
    assertThat(compressed.fingerprints()).isEqualTo(plain.fingerprints());
    assertThat(plain.fingerprints())
        .containsOnlyKeys("images", "labels")
        .containsEntry("labels", LABELS_SHA256);
  }

  @Test
  void keepsTheRowsOfARangeOnly() {
    LabelledImages read = content(IMAGES, LABELS, new RowRange(1, 3)).rows();
    assertThat(read.pixels()).containsExactly(4, 5, 6, 7, -4, -3, -2, -1);
    assertThat(read.labels()).containsExactly(0, 5);
  }

  @Test
  void swappedFilesAreCalledSwapped() {
    refused(LABELS, IMAGES)
        .withMessageContaining("a file of labels (magic 2049) in the place of the images")
        .withMessageContaining("exchange the two paths");
    refused(IMAGES, IMAGES)
        .withMessageContaining("a file of images (magic 2051) in the place of the labels");
  }

  @Test
  void otherMagicIsRefused() {
    // 0x0D03: floats in three dimensions
    refused(IdxBytes.file(new int[] {0x0D03, 3, 2, 2}, new int[12]), LABELS)
        .withMessageContaining("found magic 0x00000d03")
        .withMessageContaining(
            "0x00000803 (an IDX file of images, unsigned bytes in 3 dimensions)");
    refused(IMAGES, "label\n9\n0\n5\n".getBytes(US_ASCII))
        .withMessageContaining("found magic 0x6c616265")
        .withMessageContaining("0x00000801");
  }

  @ParameterizedTest
  @CsvSource({"0,2,2", "3,0,2", "3,2,0", "3,70000,70000", "-1,2,2", "3,3000,1000"})
  void impossibleDimensionsAreRefused(int count, int height, int width) {
    refused(images(count, height, width, new int[12]), LABELS)
        .withMessageContaining("found dimensions ")
        .withMessageContaining("images x height x width");
  }

  @Test
  void countsThatDifferAreRefused() {
    refused(IMAGES, labels(2, 9, 0))
        .withMessageContaining("found 3 images in ")
        .withMessageContaining("and 2 labels in ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 10, 16, 27})
  void truncatedImagesAreRefused(int length) {
    // nothing; in the magic; in the dimensions; no image; the last pixel missing
    refused(Arrays.copyOf(IMAGES, length), LABELS)
        .withMessageContaining("images truncated: it ends after " + length + " bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 8, 10})
  void truncatedLabelsAreRefused(int length) {
    refused(IMAGES, Arrays.copyOf(LABELS, length))
        .withMessageContaining("labels truncated: it ends after " + length + " bytes");
  }

  @Test
  void truncatedCompressedDataAreRefusedWhereverTheyEnd() {
    byte[] whole = gzip(IMAGES);
    // 10 bytes of gzip's header, the data, 8 bytes of checksum and length
    for (int length = 2; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length), LABELS).withMessageContaining("images");
    }
    refused(Arrays.copyOf(whole, whole.length - 3), LABELS).withMessageContaining("truncated");
  }

  @Test
  void compressedFileOfATruncatedFileIsRefused() {
    refused(gzip(Arrays.copyOf(IMAGES, 27)), LABELS)
        .withMessageContaining("images truncated: it ends after 27 bytes")
        .withMessageContaining("expected 28 bytes, for 3 images of 2 x 2");
  }

  @Test
  void damagedCompressedDataAreRefused() {
    byte[] damaged = gzip(IMAGES);
    damaged[damaged.length - 6] ^= 1; // in the checksum
    refused(damaged, LABELS).withMessageContaining("images, which can't be read");
  }

  @Test
  void trailingBytesAreRefused() {
    refused(Arrays.copyOf(IMAGES, 29), LABELS)
        .withMessageContaining("29 bytes in ")
        .withMessageContaining("images: trailing bytes");
    refused(IMAGES, Arrays.copyOf(LABELS, 12)).withMessageContaining("labels: trailing bytes");
    refused(gzip(Arrays.copyOf(IMAGES, 29)), LABELS)
        .withMessageContaining("images: trailing bytes");
  }

  @Test
  void bytesBehindCompressedDataAreRefused() {
    byte[] whole = gzip(IMAGES);
    byte[] longer = Arrays.copyOf(whole, whole.length + 40);
    refused(longer, LABELS).withMessageContaining("images, which can't be read");
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    refused(IMAGES, labels(3, 9, 10, 5))
        .withMessageContaining("found label 10 at row 1 of ")
        .withMessageContaining("labels from 0 to 9");
    refused(IMAGES, labels(3, 9, 0, 255)).withMessageContaining("found label 255 at row 2");
  }

  @Test
  void aHeaderThatPromisesGigabytesTakesNoMemory() {
    for (int count : new int[] {60_000, Integer.MAX_VALUE}) { // 1.9 GB, 70 TB
      byte[] liar = images(count, 180, 180, 1, 2, 3);
      refused(liar, labels(3, 1, 2, 3)).withMessageContaining("truncated: it ends after 19 bytes");
      refused(gzip(liar), labels(3, 1, 2, 3)).withMessageContaining("truncated");
    }
  }

  @Test
  void missingFileIsNamed() {
    URI missing = folder.resolve("nowhere").toUri();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxReader().read(missing, missing, 10))
        .withMessageContaining("found no file " + missing);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxReader().read(folder.toUri(), folder.toUri(), 10))
        .withMessageContaining("found the folder ");
  }

  @Test
  void anUnknownFilesystemIsUnreadable() {
    URI place = URI.create("gopher://host/images");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxReader().read(place, place, 10))
        .withMessageContaining("which can't be read")
        .withMessageContaining("gopher");
  }

  @Test
  void aPathWithASpaceIsRead() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("two words"));
    Files.write(odd.resolve("images"), IMAGES);
    Files.write(odd.resolve("labels"), LABELS);
    LabelledImages read =
        new IdxReader()
            .read(
                FileLocations.uriOf(odd.resolve("images").toString()),
                FileLocations.uriOf(odd.resolve("labels").toString()),
                10);
    assertThat(read.count()).isEqualTo(3);
  }

  private ThrowableAssertAlternative<DataException> refused(byte[] images, byte[] labels) {
    return assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(images, labels))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private LabelledImages read(byte[] images, byte[] labels) {
    IdxFiles files = write(images, labels);
    return new IdxReader().read(files.images(), files.labels(), 10);
  }

  private RowScan content(byte[] images, byte[] labels, RowRange rows) {
    return RowScan.of(IdxSource.of(write(images, labels)), new Configuration(), 10, count -> rows);
  }

  private IdxFiles write(byte[] images, byte[] labels) {
    try {
      return new IdxFiles(
          Files.write(folder.resolve("images"), images).toUri(),
          Files.write(folder.resolve("labels"), labels).toUri());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
