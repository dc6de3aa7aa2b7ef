package io.secateur.data;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The test images, out of reach until the figure that is reported: opening checks the files (so
 * that a broken one fails the job before hours of training) and keeps nothing of them; {@link
 * #readOnce()} hands them out a single time, and an architecture test says to whom.
 */
public final class TestSet {
  private final IdxReader reader;
  private final IdxFiles files;
  private final int classes;
  private final IdxContent seen;
  private final AtomicBoolean handedOut = new AtomicBoolean();

  private TestSet(IdxReader reader, IdxFiles files, int classes, IdxContent seen) {
    this.reader = reader;
    this.files = files;
    this.classes = classes;
    this.seen = seen;
  }

  /**
   * Checks the test files of a data set.
   *
   * @throws io.secateur.error.DataException when they are missing, unreadable or wrong
   */
  public static TestSet open(DataFiles data, int classes) {
    return open(new IdxReader(), data, classes);
  }

  static TestSet open(IdxReader reader, DataFiles data, int classes) {
    IdxContent seen = reader.read(data.test(), classes, count -> RowRange.NONE);
    data.requireExpected(DataRole.TEST_IMAGES, seen.imagesSha256());
    data.requireExpected(DataRole.TEST_LABELS, seen.labelsSha256());
    return new TestSet(reader, data.test(), classes, seen);
  }

  /** The number of test images. */
  public int count() {
    return seen.count();
  }

  /** "test-images" and "test-labels" with their "sha256:…". */
  public SortedMap<String, String> fingerprints() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(DataRole.TEST_IMAGES.wireName(), seen.imagesSha256());
    map.put(DataRole.TEST_LABELS.wireName(), seen.labelsSha256());
    return map;
  }

  /**
   * The test images with their labels.
   *
   * @throws IllegalStateException when they were read before
   * @throws io.secateur.error.DataException when the files changed since they were opened
   */
  public LabelledImages readOnce() {
    if (!handedOut.compareAndSet(false, true)) {
      throw new IllegalStateException("the test set is read once");
    }
    IdxContent content = reader.read(files, classes, RowRange::all);
    TrainingRows.requireSame(
        files.images().toString(), seen.imagesSha256(), content.imagesSha256());
    TrainingRows.requireSame(
        files.labels().toString(), seen.labelsSha256(), content.labelsSha256());
    return content.rows();
  }

  int height() {
    return seen.rows().height();
  }

  int width() {
    return seen.rows().width();
  }
}
