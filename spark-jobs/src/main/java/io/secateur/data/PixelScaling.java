package io.secateur.data;

/** Pixels as a network's input: the unsigned byte / 255, correctly rounded to float32. */
final class PixelScaling {
  private static final float[] SCALED = table();

  private PixelScaling() {}

  /** Scales length bytes of pixels, from their offset on, into target from its offset on. */
  static void scale(byte[] pixels, int offset, float[] target, int targetOffset, int length) {
    float[] scaled = SCALED;
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = scaled[pixels[offset + i] & 0xFF];
    }
  }

  private static float[] table() {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = i / 255f;
    }
    return table;
  }
}
