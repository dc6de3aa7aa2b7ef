package io.secateur.prune;

import io.secateur.tensor.Mask;

/**
 * The mask of a cut in the making: bits by global index, which are cleared and never set. Words of
 * 64 indices are what is read and written at a time, so that threads may share an instance when
 * each has words of its own.
 */
final class SurvivorBits {
  private final int length;
  private final long[] words;

  private SurvivorBits(int length, long[] words) {
    this.length = length;
    this.words = words;
  }

  /** Everything that is present in a mask. */
  static SurvivorBits of(Mask mask) {
    return new SurvivorBits(mask.length(), mask.toWords());
  }

  Mask toMask() {
    return Mask.fromWords(length, words);
  }

  int length() {
    return length;
  }

  /** The survivors among [64 word, 64 word + 64) that lie in [from, to): bit i for 64 word + i. */
  long in(int word, int from, int to) {
    return words[word] & inside(word, from, to);
  }

  /** Clears bits of a word. */
  void clear(int word, long bits) {
    words[word] &= ~bits;
  }

  private static long inside(int word, int from, int to) {
    int first = word << 6;
    long inside = -1L;
    if (from > first) {
      inside <<= from - first;
    }
    if (to - first < 64) {
      inside &= -1L >>> (64 - (to - first));
    }
    return inside;
  }
}
