package io.secateur.data;

import io.secateur.error.DataException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;

/**
 * The test images, out of reach until the figure that is reported: opening checks the files (so
 * that a broken one fails the job before hours of training) and keeps nothing of them; {@link
 * #readOnce()} hands them out a single time, and an architecture test says to whom.
 */
public final class TestSet {
  private final Configuration configuration;
  private final int classes;
  private final RowScan seen;
  private final SortedMap<String, String> fingerprints;
  private final AtomicBoolean handedOut = new AtomicBoolean();

  private TestSet(
      Configuration configuration,
      int classes,
      RowScan seen,
      SortedMap<String, String> fingerprints) {
    this.configuration = configuration;
    this.classes = classes;
    this.seen = seen;
    this.fingerprints = fingerprints;
  }

  /**
   * Checks the test files of a data set.
   *
   * @throws DataException when they are missing, unreadable or wrong
   */
  public static TestSet open(DataFiles data, int classes) {
    return open(new Configuration(), data, classes);
  }

  /** The same with these Hadoop settings. */
  public static TestSet open(Configuration configuration, DataFiles data, int classes) {
    RowScan seen = RowScan.of(data.test(), configuration, classes, count -> RowRange.NONE);
    return new TestSet(
        configuration, classes, seen, data.requireExpected(DataSide.TEST, seen.fingerprints()));
  }

  /** The number of test images. */
  public int count() {
    return seen.count();
  }

  /** "test-images" and "test-labels", or "test" where a file has both, with their "sha256:…". */
  public SortedMap<String, String> fingerprints() {
    return new TreeMap<>(fingerprints);
  }

  /**
   * The test images with their labels.
   *
   * @throws IllegalStateException when they were read before
   * @throws DataException when the files changed since they were opened
   */
  public LabelledImages readOnce() {
    if (!handedOut.compareAndSet(false, true)) {
      throw new IllegalStateException("the test set is read once");
    }
    RowScan now = RowScan.of(seen.pinned(), configuration, classes, RowRange::all);
    if (!now.fingerprints().equals(seen.fingerprints())) {
      throw new DataException(
          seen.pinned().place() + " or its labels with content " + now.fingerprints(),
          seen.fingerprints() + ", which the job read when it began",
          "leave the files alone while a job runs");
    }
    return now.rows();
  }

  ImageShape imageShape() {
    return seen.rows().imageShape();
  }
}
