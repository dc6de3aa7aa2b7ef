package io.secateur.prune;

import io.secateur.tensor.Mask;

/** The standard deviation that quality parameters multiply. */
public final class Sigma {
  private Sigma() {}

  /**
   * The population standard deviation of a layer's unpruned weights, in double precision by two
   * passes; 0 when there are none.
   *
   * @param weights by global index
   * @param unpruned weights that count
   * @param range the layer
   */
  public static double of(float[] weights, Mask unpruned, WeightRange range) {
    byte[] bitmap = unpruned.toBytes();
    long count = 0;
    double sum = 0;
    for (int i = range.from(); i < range.to(); i++) {
      if (Bitmaps.get(bitmap, i)) {
        count++;
        sum += weights[i];
      }
    }
    if (count == 0) {
      return 0;
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = range.from(); i < range.to(); i++) {
      if (Bitmaps.get(bitmap, i)) {
        double distance = weights[i] - mean;
        squares += distance * distance;
      }
    }
    return Math.sqrt(squares / count);
  }
}
