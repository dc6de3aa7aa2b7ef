package io.secateur.network;

import io.secateur.kernel.WeightRows;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;

/** The rows of a layer's weights, from a tensor [rows, …] in either form. */
final class RowsBuilder {
  private RowsBuilder() {}

  /**
   * Rows in the form that fits.
   *
   * @param places of each of a row's weights
   */
  static WeightRows rows(WeightTensor tensor, int[] places, NodeKind kind, LayerForm wanted) {
    int rows = tensor.shape().dim(0);
    if (wanted.resolve(kind, tensor.density()) == LayerForm.DENSE) {
      return WeightRows.dense(rows, tensor.toDense(), places);
    }
    return tensor instanceof SparseTensor sparse
        ? ofSparse(rows, sparse, places)
        : ofDense(rows, tensor.toDense(), places);
  }

  private static WeightRows ofSparse(int rows, SparseTensor tensor, int[] places) {
    int[] indices = tensor.indices();
    int[] starts = new int[rows + 1];
    for (int k = 0; k < indices.length; k++) {
      starts[indices[k] / places.length + 1]++;
      indices[k] = places[indices[k] % places.length];
    }
    for (int row = 0; row < rows; row++) {
      starts[row + 1] += starts[row];
    }
    return WeightRows.sparse(tensor.values(), indices, starts);
  }

  private static WeightRows ofDense(int rows, float[] all, int[] places) {
    int surviving = 0;
    for (float value : all) {
      surviving += value == 0 ? 0 : 1;
    }
    float[] values = new float[surviving];
    int[] at = new int[surviving];
    int[] starts = new int[rows + 1];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] != 0) {
        values[next] = all[i];
        at[next++] = places[i % places.length];
        starts[i / places.length + 1] = next;
      }
    }
    for (int row = 1; row <= rows; row++) {
      starts[row] = Math.max(starts[row], starts[row - 1]);
    }
    return WeightRows.sparse(values, at, starts);
  }
}
