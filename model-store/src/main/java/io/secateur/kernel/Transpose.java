package io.secateur.kernel;

/** Turns rows into columns, in blocks of 16 x 16 that fit the L1 cache. */
final class Transpose {
  private Transpose() {}

  /**
   * target[column][row] = source[row][column].
   *
   * @param sourceStep floats from a source row to the next
   * @param targetStep floats from a target row to the next
   * @param columns a multiple of 16
   */
  static void blocks(
      float[] a, int source, int sourceStep, int rows, int target, int targetStep, int columns) {
    for (int row = 0; row < rows; row += Kernels.BLOCK) {
      int rowsHere = Math.min(Kernels.BLOCK, rows - row);
      for (int column = 0; column < columns; column += Kernels.BLOCK) {
        for (int c = 0; c < Kernels.BLOCK; c++) {
          int to = target + (column + c) * targetStep + row;
          int from = source + row * sourceStep + column + c;
          for (int r = 0; r < rowsHere; r++) {
            a[to + r] = a[from + r * sourceStep];
          }
        }
      }
    }
  }
}
