package io.secateur.tensor;

/** Comparison of float arrays by their bits: 0.0f is not -0.0f, and a NaN is itself. */
final class FloatBits {
  private FloatBits() {}

  static boolean equal(float[] a, float[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  static int hash(float[] values) {
    int hash = 1;
    for (float value : values) {
      hash = 31 * hash + Float.floatToRawIntBits(value);
    }
    return hash;
  }
}
