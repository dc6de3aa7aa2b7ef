package io.secateur.data;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Real digits for tests, without a network: 800 to train and validate with, 200 more as a test set,
 * 28 x 28 pixels, 10 classes (see mnist-sample/LICENSE.md).
 */
public final class SampleDigits {
  public static final int CLASSES = 10;
  public static final int TRAIN_ROWS = 800;
  public static final int TEST_ROWS = 200;

  private SampleDigits() {}

  /** The four files, gzip, as a job names them. */
  public static DataFiles files() {
    return DataFiles.explicit(train(), test());
  }

  public static IdxFiles train() {
    return new IdxFiles(place("train-images-idx3-ubyte.gz"), place("train-labels-idx1-ubyte.gz"));
  }

  public static IdxFiles test() {
    return new IdxFiles(place("t10k-images-idx3-ubyte.gz"), place("t10k-labels-idx1-ubyte.gz"));
  }

  /** All 800 rows of the training file. */
  public static LabelledImages trainRows() {
    return read(train());
  }

  /** The 200 rows of the test file. */
  public static LabelledImages testRows() {
    return read(test());
  }

  /** The last 200 of the 800 validate. */
  public static DataSplits splits() {
    return DataSplits.open(files(), SplitOptions.validating(200), CLASSES);
  }

  private static LabelledImages read(IdxFiles files) {
    return new IdxReader().read(files.images(), files.labels(), CLASSES);
  }

  private static URI place(String name) {
    try {
      return SampleDigits.class.getResource("/mnist-sample/" + name).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
