package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.DataException;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetSourceTest {
  private static final String BINARY = "required binary image; required int32 label;";
  private static final String LIST =
      "optional group image (LIST) {repeated group list {optional %s element;}} optional int64"
          + " label;";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void digitsThatSparkWroteAreTheDigitsOfTheIdxFiles(SampleParquet.Images images) {
    DataFiles files = SampleParquet.write(folder, images);

    DataSplits parquet = DataSplits.open(files, SplitOptions.validating(200), 10);

    DataSplits idx = SampleDigits.splits();
    assertThat(parquet.imageShape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(parquet.validation().pixels()).isEqualTo(idx.validation().pixels());
    assertThat(parquet.validation().labels()).isEqualTo(idx.validation().labels());
    assertThat(parquet.test().readOnce().pixels()).isEqualTo(SampleDigits.testRows().pixels());
    for (int partition = 0; partition < 3; partition++) {
      PartitionData expected = PartitionData.load(idx.trainingRows(), partition, 3);
      PartitionData found = PartitionData.load(parquet.trainingRows(), partition, 3);
      assertThat(PartitionBytes.pixels(found)).isEqualTo(PartitionBytes.pixels(expected));
      assertThat(PartitionBytes.labels(found)).isEqualTo(PartitionBytes.labels(expected));
    }
  }

  @Test
  void fingerprintsAreOfTheFilesBytesInTheOrderOfTheirNames() throws IOException {
    Path first = new ParquetBytes(BINARY).row(4, new byte[4]).write(folder.resolve("d/a"));
    Path second = new ParquetBytes(BINARY).row(5, new byte[4]).write(folder.resolve("d/b"));
    Files.writeString(folder.resolve("d/_SUCCESS"), "");
    Files.writeString(folder.resolve("d/.hidden"), "x");

    RowScan scan = scan(folder.resolve("d"));

    byte[] all =
        Arrays.copyOf(Files.readAllBytes(first), (int) (Files.size(first) + Files.size(second)));
    byte[] tail = Files.readAllBytes(second);
    System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
    assertThat(scan.fingerprints()).containsExactly(Map.entry("", sha256(all)));
    assertThat(scan.rows().labels()).containsExactly(4, 5);
  }

  @Test
  void rowsFollowTheRowGroups() throws IOException {
    ParquetBytes bytes = new ParquetBytes(BINARY).rowGroupsOf(1);
    for (int i = 0; i < 500; i++) {
      bytes.row(i % 10, new byte[] {(byte) (i >> 8), (byte) i, 0, 0});
    }
    RowScan scan = scan(bytes.write(folder.resolve("many")));
    assertThat(scan.count()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat(scan.rows().label(i)).isEqualTo(i % 10);
      assertThat(scan.rows().pixels()[4 * i] * 256 + (scan.rows().pixels()[4 * i + 1] & 0xFF))
          .isEqualTo(i);
    }
  }

  @Test
  void filesOfAFolderMayBeEmptyAndOfDifferentKinds() throws IOException {
    new ParquetBytes(BINARY).write(folder.resolve("d/a"));
    new ParquetBytes(LIST.formatted("int32")).row(1L, 1, 2, 3, 4).write(folder.resolve("d/b"));
    new ParquetBytes(BINARY).write(folder.resolve("d/c"));
    new ParquetBytes(BINARY).row(2, new byte[] {5, 6, 7, 8}).write(folder.resolve("d/d"));
    RowScan scan = scan(folder.resolve("d"));
    assertThat(scan.rows().pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(scan.rows().labels()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required int32 label; required binary picture;" + "| no column image (but label, picture)",
        "required binary image; required int32 digit; | no column label (but image, digit)",
        "required binary image (UTF8); required int32 label; | column image as binary (string)",
        "required int32 image; required int32 label; | column image as int32",
        "required group image {required binary bytes; optional binary path;} required int32 label;"
            + "| column image as a group of bytes: binary, path: binary",
        "required binary image; required binary label (UTF8);| column label as binary (string)",
        "required binary image; required double label; | column label as double",
        "required binary image; repeated int32 label; | column label as repeated int32"
      })
  void columnsThatAreMissingOrOfAnotherTypeAreNamed(String columns, String found)
      throws IOException {
    Path file = new ParquetBytes(columns).write(folder.resolve("f"));
    refused(file)
        .withMessageContaining("found " + found + " in file:" + file)
        .withMessageContaining(
            found.contains("image (") || found.contains("column image as")
                ? "expected image: binary"
                : "expected label: int");
  }

  @Test
  void nullsAreNamedWithTheirRow() throws IOException {
    String optional = "optional binary image; optional int32 label;";
    refused(new ParquetBytes(optional).row(1, new byte[4]).row(null, new byte[4]).write(at()))
        .withMessageContaining("found null in column label at row 1 of file:" + at());
    refused(new ParquetBytes(optional).row(1, new byte[4]).row(1, (byte[]) null).write(at()))
        .withMessageContaining("found null in column image at row 1 of file:" + at());
    String list = LIST.formatted("int32");
    refused(new ParquetBytes(list).row(1L, 1, 2, 3, 4).row(1L, (Object[]) null).write(at()))
        .withMessageContaining("found null in column image at row 1 of file:" + at());
    refused(new ParquetBytes(list).row(1L, 1, 2, 3, null).write(at()))
        .withMessageContaining("found null at pixel 3 in column image at row 0 of file:" + at());
  }

  @Test
  void imagesOfDifferentLengthsAreNamedWithTheirRow() throws IOException {
    refused(new ParquetBytes(BINARY).row(1, new byte[4]).row(1, new byte[9]).write(at()))
        .withMessageContaining(
            "found an image of 9 pixels in column image at row 1 of file:" + at())
        .withMessageContaining("expected 4 pixels, an image of 1x2x2, in every row");
    refused(new ParquetBytes(LIST.formatted("int32")).row(1L, 1, 2, 3, 4).row(1L).write(at()))
        .withMessageContaining("found an image of 0 pixels in column image at row 1");
  }

  @Test
  void aShapeIsNeededWhenImagesAreNotSquare() throws IOException {
    Path file = new ParquetBytes(BINARY).row(1, new byte[6]).write(at());
    refused(file)
        .withMessageContaining(
            "found an image of 6 pixels in column image at row 0 of file:" + file)
        .withMessageContaining("add shape: [CHANNELS, HEIGHT, WIDTH] to data");
    ParquetSource source = ParquetSource.of(file.toUri(), Optional.of(new ImageShape(1, 2, 3)));
    assertThat(scan(source).rows().imageShape()).isEqualTo(new ImageShape(1, 2, 3));
  }

  @Test
  void imagesOfThreeChannelsAndLabelsBeyondAByteAreRead() throws IOException {
    byte[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Path file = new ParquetBytes(BINARY).row(999, image).row(3, image).write(at());
    ImageShape shape = new ImageShape(3, 2, 2);
    DataFiles files = DataFiles.parquet(file.toUri(), file.toUri(), Optional.of(shape));

    DataSplits splits = DataSplits.open(files, SplitOptions.validating(1), 1000);

    splits.requireInput(Shape.of(3, 2, 2));
    assertThat(splits.provenance()).containsEntry("shape", "3x2x2");
    assertThat(splits.validation().pixels()).isEqualTo(image);
    PartitionData data = PartitionData.load(splits.trainingRows(), 0, 1);
    assertThat(data.label(0)).isEqualTo(999);
    assertThat(data.pixelsPerRow()).isEqualTo(12);
  }

  @Test
  void labelsOutOfRangeAreNamedWithTheirRow() throws IOException {
    for (int label : new int[] {-1, 10, 266}) {
      refused(new ParquetBytes(BINARY).row(1, new byte[4]).row(label, new byte[4]).write(at()))
          .withMessageContaining("found " + label + " in column label at row 1 of file:" + at())
          .withMessageContaining("expected labels from 0 to 9, the classes of the network");
    }
  }

  @Test
  void pixelsAreWholeNumbersFrom0To255() throws IOException {
    refused(new ParquetBytes(LIST.formatted("int32")).row(1L, 0, 255, 256, 0).write(at()))
        .withMessageContaining("found 256 at pixel 2 in column image at row 0 of file:" + at());
    refused(new ParquetBytes(LIST.formatted("int64")).row(1L, 0L, -1L, 0L, 0L).write(at()))
        .withMessageContaining("found -1 at pixel 1 in column image");
    refused(new ParquetBytes(LIST.formatted("double")).row(1L, 0.0, 0.5, 0.0, 0.0).write(at()))
        .withMessageContaining("found 0.5 at pixel 1 in column image");
    refused(new ParquetBytes(LIST.formatted("float")).row(1L, 0f, Float.NaN, 0f, 0f).write(at()))
        .withMessageContaining("found NaN at pixel 1 in column image");
  }

  @Test
  void whatIsNoParquetFileIsNamed() throws IOException {
    refused(Files.writeString(at(), "image,label\n1,2\n3,4\n"))
        .withMessageContaining("found file:" + at() + ", which can't be read as Parquet (");
    refused(Files.writeString(at(), ""))
        .withMessageContaining("found file:" + at() + ", which can't be read as Parquet (");
    Path whole = new ParquetBytes(BINARY).row(1, new byte[4]).write(at());
    byte[] bytes = Files.readAllBytes(whole);
    refused(Files.write(at(), Arrays.copyOf(bytes, bytes.length - 9)))
        .withMessageContaining("found file:" + at() + ", which can't be read as Parquet (");
  }

  @Test
  void tablesWithoutRowsAreRefused() throws IOException {
    refused(new ParquetBytes(BINARY).write(at())).withMessageContaining("found 0 rows in file:");
    Files.createDirectory(folder.resolve("empty"));
    refused(folder.resolve("empty")).withMessageContaining("without a file");
    refused(folder.resolve("nowhere")).withMessageContaining("found no file or folder file:");
  }

  @Test
  void foldersInsideAFolderAreRefused() throws IOException {
    new ParquetBytes(BINARY).row(1, new byte[4]).write(folder.resolve("d/label=1/a"));
    refused(folder.resolve("d"))
        .withMessageContaining("d/label=1 inside a folder of Parquet files")
        .withMessageContaining("without partitionBy");
  }

  @Test
  void filesThatChangeUnderTheJobAreNoticed() throws IOException {
    Path file = new ParquetBytes(BINARY).row(1, new byte[4]).row(2, new byte[4]).write(at());
    DataFiles files = DataFiles.parquet(file.toUri(), file.toUri(), Optional.empty());
    TrainingRows rows = DataSplits.open(files, SplitOptions.validating(1), 10).trainingRows();
    new ParquetBytes(BINARY).row(1, new byte[] {0, 0, 0, 1}).row(2, new byte[4]).write(at());
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PartitionData.load(rows, 0, 1))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .containsPattern("other content in rows 0 to 1 of|bytes, which it had when"));
  }

  @Test
  void provenanceLeadsBackToTheFiles() throws IOException {
    Path file = new ParquetBytes(BINARY).row(1, new byte[6]).row(2, new byte[6]).write(at());
    DataFiles files =
        DataFiles.parquet(file.toUri(), file.toUri(), Optional.of(new ImageShape(1, 3, 2)));
    DataSplits splits = DataSplits.open(files, SplitOptions.validating(1), 10);
    assertThat(splits.fingerprints()).containsOnlyKeys("train", "test");
    assertThat(splits.provenance())
        .containsEntry("source", "parquet")
        .containsEntry("shape", "1x3x2")
        .containsKeys("train-sha256", "test-sha256");
    DataFiles back = DataFiles.fromMap(splits.provenance(), folder.toUri());
    assertThat(back.toMap()).isEqualTo(files.toMap());
    assertThat(TestSet.open(back, 10).count()).isEqualTo(2);
  }

  private Path at() {
    return folder.resolve("f");
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Fingerprints.sha256();
    digest.update(bytes);
    return Fingerprints.text(digest);
  }

  private static RowScan scan(Path place) {
    return scan(ParquetSource.of(place.toUri(), Optional.empty()));
  }

  private static RowScan scan(RowSource source) {
    return RowScan.of(source, new Configuration(), 10, RowRange::all);
  }

  private static ThrowableAssertAlternative<DataException> refused(Path place) {
    return assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> scan(place))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
