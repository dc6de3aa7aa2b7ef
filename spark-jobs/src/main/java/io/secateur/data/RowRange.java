package io.secateur.data;

/** The rows from, from + step, … below to. */
record RowRange(int from, int to, int step) {
  static final RowRange NONE = new RowRange(0, 0, 1);

  static RowRange all(int count) {
    return new RowRange(0, count, 1);
  }

  int size() {
    return to <= from ? 0 : (to - from + step - 1) / step;
  }
}
