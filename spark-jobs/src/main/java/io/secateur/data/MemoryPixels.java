package io.secateur.data;

/** Pixels in memory, in chunks: the arrays of the cached chunks themselves. */
final class MemoryPixels implements PixelStore, PixelWindow {
  private final byte[][] chunks;
  private final int rowBytes;

  /**
   * @param chunks kept as they are, without a copy
   */
  MemoryPixels(byte[][] chunks, int rowBytes) {
    this.chunks = chunks;
    this.rowBytes = rowBytes;
  }

  @Override
  public PixelWindow window() {
    return this;
  }

  @Override
  public void load(EpochWindows window) {}

  @Override
  public byte[] array(int row) {
    return chunks[row / EpochOrder.CHUNK_ROWS];
  }

  @Override
  public int offset(int row) {
    return row % EpochOrder.CHUNK_ROWS * rowBytes;
  }

  @Override
  public long residentBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
