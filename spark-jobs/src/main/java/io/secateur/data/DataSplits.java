package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.tensor.Shape;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A data set on the driver: all files checked and fingerprinted, the validation rows in memory, the
 * training rows left to the tasks, the test images left to the end.
 */
public final class DataSplits {
  private final DataFiles files;
  private final TrainingRows trainingRows;
  private final LabelledImages validation;
  private final TestSet test;
  private final SortedMap<String, String> fingerprints = new TreeMap<>();

  private DataSplits(DataFiles files, SplitOptions split, RowScan train, TestSet test) {
    this.files = files;
    this.trainingRows = new TrainingRows(train, split.trainingRows(train.count()));
    this.validation = train.rows();
    this.test = test;
    fingerprints.putAll(files.requireExpected(DataSide.TRAIN, train.fingerprints()));
    fingerprints.putAll(test.fingerprints());
  }

  /**
   * Reads and checks the files of a data set.
   *
   * @param classes the outputs of the network; every label must be below it
   * @throws DataException when a file is missing, unreadable or wrong, or too short for the split
   */
  public static DataSplits open(DataFiles files, SplitOptions split, int classes) {
    return open(new Configuration(), files, split, classes);
  }

  /** The same with these Hadoop settings. */
  public static DataSplits open(
      Configuration configuration, DataFiles files, SplitOptions split, int classes) {
    RowScan train = RowScan.of(files.train(), configuration, classes, split::validationRows);
    files.requireExpected(DataSide.TRAIN, train.fingerprints());
    TestSet test = TestSet.open(configuration, files, classes);
    ImageShape shape = train.rows().imageShape();
    if (!test.imageShape().equals(shape)) {
      throw new DataException(
          "training images of " + shape + " and test images of " + test.imageShape(),
          "images of one shape",
          "name the training and test files of one data set");
    }
    return new DataSplits(files, split, train, test);
  }

  /** Where tasks find the rows to train on. */
  public TrainingRows trainingRows() {
    return trainingRows;
  }

  /** The last rows of the training file. */
  public LabelledImages validation() {
    return validation;
  }

  /** The test images, unread. */
  public TestSet test() {
    return test;
  }

  /** The shape of one image. */
  public ImageShape imageShape() {
    return trainingRows.imageShape();
  }

  /**
   * Checks that the images fit a network's input: [channels, height, width], or [pixels].
   *
   * @throws DataException when they do not
   */
  public void requireInput(Shape input) {
    boolean fits =
        input.rank() == 1
            ? input.elements() == imageShape().pixels()
            : input.equals(imageShape().toShape());
    if (!fits) {
      throw new DataException(
          "images of shape " + imageShape().toShape() + " in " + files.train().place(),
          "shape " + input + ", the input of the network",
          "use the data that the network is made for, or another network");
    }
  }

  /**
   * "sha256:…" of contents: of "train-images", "train-labels", "test-images" and "test-labels", or
   * of "train" and "test" where a file has both.
   */
  public SortedMap<String, String> fingerprints() {
    return new TreeMap<>(fingerprints);
  }

  /** What a version's provenance says of its data: its places and, by role, its fingerprints. */
  public SortedMap<String, String> provenance() {
    SortedMap<String, String> map = files.toMap();
    fingerprints.forEach((role, sha256) -> map.put(role + "-sha256", sha256));
    return map;
  }
}
