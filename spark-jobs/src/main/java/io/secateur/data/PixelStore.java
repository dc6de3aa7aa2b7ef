package io.secateur.data;

import java.io.Closeable;

/** Where the pixels of a partition lie. Thread-safe: readers share it, each with its own window. */
interface PixelStore extends Closeable {
  PixelWindow window();

  @Override
  void close();
}
