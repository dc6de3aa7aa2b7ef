package io.secateur.train.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Direct access to the memory of an array. */
final class Memory {
  private Memory() {}

  /**
   * A pointer of its own to the memory of a contiguous float array, valid as long as the array is.
   *
   * @throws IllegalArgumentException when the array holds something else
   */
  static FloatPointer of(INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.isView()) {
      throw new IllegalArgumentException(
          "a whole float array, found " + (array.isView() ? "a view of " : "") + array.dataType());
    }
    return new FloatPointer(array.data().pointer()).capacity(array.length());
  }
}
