package io.secateur.data;

/**
 * One reader's view of a partition's pixels: those of the window of {@link EpochWindows} that it
 * was told last. Not thread-safe.
 */
interface PixelWindow {
  /** Makes the rows of a window readable, in place of those of the window before. */
  void load(EpochWindows window);

  /** The array that has the pixels of a row of the window; only until the next call. */
  byte[] array(int row);

  /** Where in that array the row begins. */
  int offset(int row);

  /** Bytes of pixels that this view holds by itself, beyond what readers share. */
  long residentBytes();
}
