package io.secateur.network;

/** One value to add for each output of a layer; zeros for a layer without biases. */
final class Biases {
  private final float[] values;

  private Biases(float[] values) {
    this.values = values;
  }

  /** In this very array. */
  static Biases wrapping(float[] values) {
    return new Biases(values);
  }

  float of(int output) {
    return values[output];
  }

  long bytes() {
    return (long) Float.BYTES * values.length;
  }
}
