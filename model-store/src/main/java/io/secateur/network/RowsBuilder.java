package io.secateur.network;

import io.secateur.kernel.SparseRows;
import io.secateur.kernel.WeightRows;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.util.stream.IntStream;

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
    if (tensor instanceof SparseTensor sparse) {
      SparseRows surviving = SparseRows.of(rows, places.length, sparse.indices());
      return WeightRows.sparse(surviving, sparse.values(), places);
    }
    float[] all = tensor.toDense();
    int[] survivors = IntStream.range(0, all.length).filter(i -> all[i] != 0).toArray();
    float[] values = new float[survivors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[survivors[i]];
    }
    return WeightRows.sparse(SparseRows.of(rows, places.length, survivors), values, places);
  }
}
