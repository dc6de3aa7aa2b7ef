package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.secateur.error.DataException;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitsTest {
  /** Seven images of one pixel, 10 to 16, with the labels 0 to 6. */
  private static final byte[] TRAIN_IMAGES = IdxBytes.images(7, 1, 1, 10, 11, 12, 13, 14, 15, 16);

  private static final byte[] TRAIN_LABELS = IdxBytes.labels(7, 0, 1, 2, 3, 4, 5, 6);

  @TempDir Path folder;
  private DataFiles files;

  @BeforeEach
  void writeFiles() throws IOException {
    files =
        DataFiles.explicit(
            new IdxFiles(
                Files.write(folder.resolve("train-images"), TRAIN_IMAGES).toUri(),
                Files.write(folder.resolve("train-labels"), TRAIN_LABELS).toUri()),
            new IdxFiles(
                Files.write(folder.resolve("test-images"), IdxBytes.images(2, 1, 1, 20, 21))
                    .toUri(),
                Files.write(folder.resolve("test-labels"), IdxBytes.labels(2, 8, 9)).toUri()));
  }

  @Test
  void theLastRowsValidateAndTheOthersTrain() {
    DataSplits splits = open(SplitOptions.validating(2));
    assertThat(splits.validation().pixels()).containsExactly(15, 16);
    assertThat(splits.validation().labels()).containsExactly(5, 6);
    assertThat(splits.trainingRows().rows()).isEqualTo(5);
  }

  @Test
  void rowIOfTheTrainingRowsGoesToPartitionIModP() {
    TrainingRows rows = open(SplitOptions.validating(2)).trainingRows();
    PartitionData even = PartitionData.load(rows, 0, 2);
    PartitionData odd = PartitionData.load(rows, 1, 2);
    assertThat(PartitionBytes.pixels(even)).containsExactly(10, 12, 14);
    assertThat(PartitionBytes.labels(even)).containsExactly(0, 2, 4);
    assertThat(PartitionBytes.pixels(odd)).containsExactly(11, 13);
    assertThat(PartitionBytes.labels(odd)).containsExactly(1, 3);
    assertThat(rows.rowsOf(0, 2)).isEqualTo(3);
    assertThat(rows.rowsOf(1, 2)).isEqualTo(2);
    assertThat(odd.globalRow(1)).isEqualTo(3);
  }

  @Test
  void aPartitionCutFromImagesInMemoryIsTheOneThatATaskLoads() {
    LabelledImages all = SampleDigits.trainRows();
    TrainingRows rows = SampleDigits.splits().trainingRows();
    PartitionData loaded = PartitionData.load(rows, 2, 3);
    PartitionData cut = PartitionData.of(all.range(0, 600), 2, 3);
    assertThat(PartitionBytes.pixels(loaded)).isEqualTo(PartitionBytes.pixels(cut));
    assertThat(PartitionBytes.labels(loaded)).isEqualTo(PartitionBytes.labels(cut));
  }

  @Test
  void morePartitionsThanRowsLeaveSomeEmpty() {
    TrainingRows rows = open(SplitOptions.validating(2)).trainingRows();
    assertThat(PartitionData.load(rows, 6, 8).rows()).isZero();
    assertThat(rows.rowsOf(6, 8)).isZero();
    assertThat(rows.rowsOf(4, 8)).isOne();
  }

  @Test
  void examplesTakeTheFirstTrainingRowsAndLeaveTheValidationAlone() {
    DataSplits splits = open(SplitOptions.validating(2).withExamples(3));
    assertThat(splits.trainingRows().rows()).isEqualTo(3);
    assertThat(PartitionBytes.pixels(PartitionData.load(splits.trainingRows(), 0, 1)))
        .containsExactly(10, 11, 12);
    assertThat(splits.validation().pixels()).containsExactly(15, 16);
  }

  @Test
  void aFileTooShortForTheSplitIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> open(SplitOptions.validating(7)))
        .withMessageContaining("found 7 training rows; expected at least 1 to train on and 7");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> open(SplitOptions.validating(2).withExamples(6)))
        .withMessageContaining("at least 6 to train on and 2 to validate");
  }

  @Test
  void trainingFilesThatChangeUnderTheJobAreNoticed() throws IOException {
    TrainingRows rows = open(SplitOptions.validating(2)).trainingRows();
    Files.write(folder.resolve("train-images"), IdxBytes.images(7, 1, 1, 9, 9, 9, 9, 9, 9, 9));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PartitionData.load(rows, 0, 2))
        .withMessageContaining("other content in rows 0 to 6 of ")
        .withMessageContaining("the rows that the job read when it began");
  }

  @Test
  void theTestSetIsReadOnce() {
    TestSet test = open(SplitOptions.validating(2)).test();
    assertThat(test.count()).isEqualTo(2);
    assertThat(test.readOnce().pixels()).containsExactly(20, 21);
    assertThatIllegalStateException().isThrownBy(test::readOnce).withMessageContaining("once");
  }

  @Test
  void abrokenTestFileFailsAtTheStart() throws IOException {
    Files.write(folder.resolve("test-images"), IdxBytes.images(2, 1, 1, 20));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> open(SplitOptions.validating(2)))
        .withMessageContaining("test-images truncated");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() throws IOException {
    Files.write(folder.resolve("test-images"), IdxBytes.images(2, 1, 2, 20, 21, 22, 23));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> open(SplitOptions.validating(2)))
        .withMessageContaining("training images of 1x1x1 and test images of 1x1x2");
  }

  @Test
  void imagesMustFitTheNetworksInput() {
    DataSplits splits = SampleDigits.splits();
    splits.requireInput(Shape.of(1, 28, 28));
    splits.requireInput(Shape.of(784));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> splits.requireInput(Shape.of(3, 28, 28)))
        .withMessageContaining("found images of shape [1, 28, 28]")
        .withMessageContaining("expected shape [3, 28, 28]");
  }

  @Test
  void fingerprintsAreOfContentsAndNamedByRole() throws IOException {
    DataSplits splits = open(SplitOptions.validating(2));
    assertThat(splits.fingerprints())
        .containsOnlyKeys("train-images", "train-labels", "test-images", "test-labels");
    Files.write(folder.resolve("train-images"), IdxBytes.gzip(TRAIN_IMAGES));
    assertThat(open(SplitOptions.validating(2)).fingerprints()).isEqualTo(splits.fingerprints());
  }

  @Test
  void provenanceLeadsBackToTheFiles() {
    Map<String, String> provenance = open(SplitOptions.validating(2)).provenance();
    assertThat(provenance)
        .containsEntry("source", "files")
        .containsEntry("test-images", folder.resolve("test-images").toUri().toString())
        .hasEntrySatisfying("test-images-sha256", sha -> assertThat(sha).startsWith("sha256:"));
    DataFiles back = DataFiles.fromMap(provenance, folder.toUri());
    assertThat(back.toMap()).isEqualTo(files.toMap());
    assertThat(TestSet.open(back, 10).count()).isEqualTo(2);
  }

  @Test
  void provenanceWithoutDataIsRefused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DataFiles.fromMap(Map.of(), folder.toUri()))
        .withMessageContaining("no train-images in the provenance");
  }

  @Test
  void missingMnistSaysHowToFetchIt() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DataFiles.fromMap(Map.of("source", "mnist"), folder.toUri()))
        .withMessageContaining("no train-images-idx3-ubyte in " + folder)
        .withMessageContaining("secateur data fetch mnist");
  }

  @Test
  void mnistWithOtherContentIsRefused() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), TRAIN_IMAGES);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), TRAIN_LABELS);
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), TRAIN_IMAGES);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), TRAIN_LABELS);
    DataFiles mnist = DataFiles.mnist(folder);
    assertThat(mnist.toMap()).isEqualTo(Map.of("source", "mnist"));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> DataSplits.open(mnist, SplitOptions.validating(2), 10))
        .withMessageContaining("expected sha256:ba891046")
        .withMessageContaining("secateur data fetch mnist");
  }

  private DataSplits open(SplitOptions split) {
    return DataSplits.open(files, split, 10);
  }
}
