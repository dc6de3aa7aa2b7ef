package io.secateur.data;

/** The rows of a partition in memory, one behind the other. */
final class PartitionBytes {
  private PartitionBytes() {}

  static byte[] pixels(PartitionData data) {
    int size = data.pixelsPerRow();
    byte[] all = new byte[data.rows() * size];
    PixelWindow window = data.window();
    for (int row = 0; row < data.rows(); row++) {
      System.arraycopy(window.array(row), window.offset(row), all, row * size, size);
    }
    return all;
  }

  static short[] labels(PartitionData data) {
    short[] all = new short[data.rows()];
    for (int row = 0; row < all.length; row++) {
      all[row] = (short) data.label(row);
    }
    return all;
  }
}
