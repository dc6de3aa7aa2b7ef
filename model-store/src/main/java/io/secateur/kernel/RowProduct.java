package io.secateur.kernel;

/**
 * Rows of weights that never change times columns of 16 floats, as prediction has them. Column j of
 * a weight at place p are the 16 floats at {@code base + offset_j + p x step}: sixteen examples
 * side by side, or with a step of 1 sixteen neighbouring pixels of one example. The loops are those
 * of training: {@link Product} for dense rows, {@link SparseRow} for sparse ones. Mutable, for one
 * thread; the weights are shared.
 */
public final class RowProduct {
  private final Kernels kernels;
  private final WeightRows weights;
  private final int[] offsets;
  private final int result;
  private final int zeros;
  private final Product dense;
  private final SparseRow sparse;

  /**
   * A product whose result is a part of the arena.
   *
   * @param step floats from a place to the next
   * @param offsets of the columns, in floats
   */
  public RowProduct(Kernels kernels, Arena arena, WeightRows weights, int step, int[] offsets) {
    this.kernels = kernels;
    this.weights = weights;
    this.offsets = offsets;
    int rows = weights.isSparse() ? 1 : Kernels.ROWS;
    this.result = arena.reserve(Math.multiplyExact(rows, rowStep()));
    this.zeros = arena.reserve(Kernels.BLOCK);
    this.dense = weights.isSparse() ? null : Product.of(weights, step, rowStep());
    this.sparse = weights.isSparse() ? new SparseRow(weights.values, weights.places, step) : null;
  }

  private int rowStep() {
    return offsets.length * Kernels.BLOCK;
  }

  /**
   * result[r][j][lane] = sum over the weights k of row {@code row + r} of value_k x column j of
   * place_k.
   *
   * @param rows as {@link WeightRows#together} says, at most {@link Kernels#ROWS}
   * @param columns so many of the first
   */
  public void multiply(float[] arena, int row, int rows, int base, int columns) {
    if (sparse == null) {
      multiplyDense(arena, row, rows, base, columns);
    } else {
      multiplySparse(arena, row, base, columns);
    }
  }

  /** Where the row {@code r} of the result begins: 16 floats for each column. */
  public int result(int r) {
    return result + r * rowStep();
  }

  private void multiplyDense(float[] arena, int row, int rows, int base, int columns) {
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      dense.rows(rows, zeros, result + column * Kernels.BLOCK, weights.first(row));
      dense.right0 = base + offsets[column];
      dense.right1 = base + offsets[column + 1];
      dense.right2 = base + offsets[column + 2];
      dense.right3 = base + offsets[column + 3];
      kernels.multiplyFour(arena, dense);
    }
    for (; column + 2 <= columns; column += 2) {
      dense.rows(rows, zeros, result + column * Kernels.BLOCK, weights.first(row));
      dense.right0 = base + offsets[column];
      dense.right1 = base + offsets[column + 1];
      kernels.multiplyTwo(arena, dense);
    }
    if (column < columns) {
      dense.rows(rows, zeros, result + column * Kernels.BLOCK, weights.first(row));
      dense.right0 = base + offsets[column];
      kernels.multiplyOne(arena, dense);
    }
  }

  private void multiplySparse(float[] arena, int row, int base, int columns) {
    sparse.from = weights.first(row);
    sparse.to = weights.end(row);
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      sparse.target = result + column * Kernels.BLOCK;
      sparse.right0 = base + offsets[column];
      sparse.right1 = base + offsets[column + 1];
      sparse.right2 = base + offsets[column + 2];
      sparse.right3 = base + offsets[column + 3];
      kernels.rowOfFour(arena, sparse);
    }
    for (; column + 2 <= columns; column += 2) {
      sparse.target = result + column * Kernels.BLOCK;
      sparse.right0 = base + offsets[column];
      sparse.right1 = base + offsets[column + 1];
      kernels.rowOfTwo(arena, sparse);
    }
    if (column < columns) {
      sparse.target = result + column * Kernels.BLOCK;
      sparse.right0 = base + offsets[column];
      kernels.rowOfOne(arena, sparse);
    }
  }
}
