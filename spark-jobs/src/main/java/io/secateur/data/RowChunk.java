package io.secateur.data;

import java.io.Serializable;

/**
 * Up to {@link EpochOrder#CHUNK_ROWS} rows of a partition that follow each other in it, pixels as
 * raw bytes: the unit in which rows are cached. Holds primitive arrays only, so that Java and Kryo
 * serialise it alike.
 */
public final class RowChunk implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] pixels;
  private final short[] labels;

  private RowChunk(byte[] pixels, short[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  static RowChunk wrapping(byte[] pixels, short[] labels) {
    return new RowChunk(pixels, labels);
  }

  int rows() {
    return labels.length;
  }

  /** The pixels themselves, not a copy: unsigned bytes, [rows][channels x height x width]. */
  byte[] pixels() {
    return pixels;
  }

  /** The labels themselves, not a copy: unsigned, [rows]. */
  short[] labels() {
    return labels;
  }
}
