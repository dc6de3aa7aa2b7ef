package io.secateur.data;

/** The rows [from, to). */
record RowRange(int from, int to) {
  static final RowRange NONE = new RowRange(0, 0);

  static RowRange all(int count) {
    return new RowRange(0, count);
  }

  int size() {
    return to - from;
  }
}
