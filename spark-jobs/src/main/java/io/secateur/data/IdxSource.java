package io.secateur.data;

import io.secateur.error.DataException;
import java.net.URI;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** A pair of IDX files. */
final class IdxSource implements RowSource {
  private static final long serialVersionUID = 1L;
  private static final long ANY_LENGTH = -1;

  private final URI images;
  private final URI labels;
  private final long imagesBytes;
  private final long labelsBytes;

  private IdxSource(IdxFiles files, long imagesBytes, long labelsBytes) {
    this.images = files.images();
    this.labels = files.labels();
    this.imagesBytes = imagesBytes;
    this.labelsBytes = labelsBytes;
  }

  static IdxSource of(IdxFiles files) {
    return new IdxSource(files, ANY_LENGTH, ANY_LENGTH);
  }

  IdxFiles files() {
    return new IdxFiles(images, labels);
  }

  @Override
  public URI place() {
    return images;
  }

  @Override
  public RowStream open(Configuration configuration, int classes, Fingerprinting fingerprinting) {
    IdxInput openImages = IdxInput.open(configuration, images, IdxKind.IMAGES, fingerprinting);
    IdxInput openLabels = null;
    try {
      requireLength(openImages, images, imagesBytes);
      openLabels = IdxInput.open(configuration, labels, IdxKind.LABELS, fingerprinting);
      requireLength(openLabels, labels, labelsBytes);
      if (openImages.count() != openLabels.count()) {
        throw new DataException(
            String.format(
                "%,d images in %s and %,d labels in %s",
                openImages.count(), images, openLabels.count(), labels),
            "as many labels as images",
            "pair each images file with its own labels file");
      }
      return new Rows(openImages, openLabels, classes);
    } catch (DataException e) {
      openImages.close();
      if (openLabels != null) {
        openLabels.close();
      }
      throw e;
    }
  }

  private static void requireLength(IdxInput input, URI uri, long expected) {
    if (expected != ANY_LENGTH && input.fileBytes() != expected) {
      throw FileLengths.changed(uri, input.fileBytes(), expected);
    }
  }

  /** Both files, read side by side. */
  private final class Rows implements RowStream {
    private final IdxInput openImages;
    private final IdxInput openLabels;
    private final int classes;
    private byte[] labelBytes = new byte[0];
    private int row;

    Rows(IdxInput openImages, IdxInput openLabels, int classes) {
      this.openImages = openImages;
      this.openLabels = openLabels;
      this.classes = classes;
    }

    @Override
    public int count() {
      return openImages.count();
    }

    @Override
    public ImageShape imageShape() {
      return new ImageShape(1, openImages.height(), openImages.width());
    }

    @Override
    public void read(byte[] pixels, short[] rowLabels, int rows) {
      if (labelBytes.length < rows) {
        labelBytes = new byte[rows];
      }
      openLabels.read(labelBytes, rows);
      for (int i = 0; i < rows; i++) {
        rowLabels[i] = (short) (labelBytes[i] & 0xFF);
        if (rowLabels[i] >= classes) {
          throw new DataException(
              "label " + rowLabels[i] + " at row " + (row + i) + " of " + labels,
              "labels from 0 to " + (classes - 1) + ", the classes of the network",
              "use the labels that belong to this network, or a network with more outputs");
        }
      }
      openImages.read(pixels, rows);
      row += rows;
    }

    @Override
    public void finish() {
      openLabels.finish();
      openImages.finish();
    }

    @Override
    public SortedMap<String, String> fingerprints() {
      SortedMap<String, String> map = new TreeMap<>();
      openImages.sha256().ifPresent(sha256 -> map.put("images", sha256));
      openLabels.sha256().ifPresent(sha256 -> map.put("labels", sha256));
      return map;
    }

    @Override
    public RowSource pinned() {
      return new IdxSource(files(), openImages.fileBytes(), openLabels.fileBytes());
    }

    @Override
    public void close() {
      openImages.close();
      openLabels.close();
    }
  }
}
