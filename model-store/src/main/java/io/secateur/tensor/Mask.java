package io.secateur.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Which of a row of weights survive: an immutable bitmap over the indices [0, length). An index is
 * <em>present</em> when its bit is set and <em>absent</em> when the weight is pruned, exactly
 * +0.0f.
 */
public final class Mask implements Serializable {
  private final int length;
  private final int cardinality;

  /** Bit {@code i & 63} of word {@code i >>> 6}; the bits at and after {@code length} are zero. */
  private final long[] words;

  private Mask(int length, long[] words) {
    this.length = length;
    this.words = words;
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    this.cardinality = count;
  }

  /**
   * Every index is present: the mask of a dense network.
   *
   * @throws IllegalArgumentException when {@code length} is negative
   */
  public static Mask full(int length) {
    long[] words = wordsFor(length);
    Arrays.fill(words, -1L);
    if ((length & 63) != 0) {
      words[words.length - 1] = lowBits(length & 63);
    }
    return new Mask(length, words);
  }

  /** Present where the weight is not zero: both +0.0f and -0.0f are absent, NaN is present. */
  public static Mask ofNonZero(float[] weights) {
    return where(weights.length, i -> weights[i] != 0.0f);
  }

  /**
   * Present where {@code present} holds; it is asked once for each index, in ascending order.
   *
   * @throws IllegalArgumentException when {@code length} is negative
   */
  public static Mask where(int length, IntPredicate present) {
    long[] words = wordsFor(length);
    for (int i = 0; i < length; i++) {
      if (present.test(i)) {
        words[i >>> 6] |= 1L << i;
      }
    }
    return new Mask(length, words);
  }

  /**
   * The mask of a bitmap as {@link #toBytes} writes it.
   *
   * @throws IllegalArgumentException when there are not exactly ceil(length / 8) bytes, or a bit
   *     after the last index is set
   */
  public static Mask fromBytes(int length, byte[] bitmap) {
    long[] words = wordsFor(length);
    int expected = bytesFor(length);
    if (bitmap.length != expected) {
      throw new IllegalArgumentException(
          "a mask of " + length + " bits is " + expected + " bytes, found " + bitmap.length);
    }
    if ((length & 7) != 0 && (bitmap[expected - 1] & 0xFF) >>> (length & 7) != 0) {
      throw new IllegalArgumentException(
          "the last byte of a mask of " + length + " bits has bits set after the last index");
    }
    for (int i = 0; i < bitmap.length; i++) {
      words[i >>> 3] |= (bitmap[i] & 0xFFL) << (i << 3);
    }
    return new Mask(length, words);
  }

  /** A fresh bitmap of ceil(length / 8) bytes, lowest bit first; the bits left over are zero. */
  public byte[] toBytes() {
    byte[] bitmap = new byte[bytesFor(length)];
    for (int i = 0; i < bitmap.length; i++) {
      bitmap[i] = (byte) (words[i >>> 3] >>> (i << 3));
    }
    return bitmap;
  }

  /**
   * The mask of a bitmap as {@link #toWords} writes it.
   *
   * @throws IllegalArgumentException when there are not exactly ceil(length / 64) words, or a bit
   *     after the last index is set
   */
  public static Mask fromWords(int length, long[] bitmap) {
    int expected = (int) ((length + 63L) >>> 6);
    if (bitmap.length != expected) {
      throw new IllegalArgumentException(
          "a mask of " + length + " bits is " + expected + " words, found " + bitmap.length);
    }
    if ((length & 63) != 0 && (bitmap[expected - 1] & ~lowBits(length & 63)) != 0) {
      throw new IllegalArgumentException(
          "the last word of a mask of " + length + " bits has bits set after the last index");
    }
    return new Mask(length, bitmap.clone());
  }

  /** A fresh bitmap: bit {@code i & 63} of word {@code i >>> 6}; the bits left over are zero. */
  public long[] toWords() {
    return words.clone();
  }

  /**
   * One mask after the other.
   *
   * @throws IllegalArgumentException when the lengths add up to more than 2<sup>31</sup> - 1
   */
  public static Mask concat(List<Mask> masks) {
    long total = masks.stream().mapToLong(Mask::length).sum();
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a mask has at most 2147483647 bits, found " + total);
    }
    long[] words = wordsFor((int) total);
    int at = 0;
    for (Mask mask : masks) {
      int shift = at & 63;
      for (int i = 0; i < mask.words.length; i++) {
        int word = (at >>> 6) + i;
        words[word] |= mask.words[i] << shift;
        long carried = shift == 0 ? 0 : mask.words[i] >>> (64 - shift);
        if (carried != 0) {
          words[word + 1] |= carried;
        }
      }
      at += mask.length;
    }
    return new Mask((int) total, words);
  }

  /**
   * The mask of the indices [from, from + length), counted from 0 again.
   *
   * @throws IndexOutOfBoundsException when that range is not inside this mask
   */
  public Mask slice(int from, int length) {
    Objects.checkFromIndexSize(from, length, this.length);
    long[] slice = wordsFor(length);
    int shift = from & 63;
    for (int i = 0; i < slice.length; i++) {
      int word = (from >>> 6) + i;
      slice[i] = words[word] >>> shift;
      if (shift != 0 && word + 1 < words.length) {
        slice[i] |= words[word + 1] << (64 - shift);
      }
    }
    if ((length & 63) != 0) {
      slice[slice.length - 1] &= lowBits(length & 63);
    }
    return new Mask(length, slice);
  }

  /** The number of indices, present or absent. */
  public int length() {
    return length;
  }

  /** The number of present indices. */
  public int cardinality() {
    return cardinality;
  }

  /** Whether every index is present. */
  public boolean isFull() {
    return cardinality == length;
  }

  /**
   * Whether {@code index} is present.
   *
   * @throws IndexOutOfBoundsException when it is not in [0, length)
   */
  public boolean get(int index) {
    Objects.checkIndex(index, length);
    return (words[index >>> 6] & 1L << index) != 0;
  }

  /**
   * Whether everything present here is present in {@code other}: pruning only ever shrinks a mask.
   *
   * @throws IllegalArgumentException when the lengths differ
   */
  public boolean isSubsetOf(Mask other) {
    requireLength(other.length);
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~other.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A fresh array of the present indices, ascending. */
  public int[] indices() {
    int[] indices = new int[cardinality];
    int next = 0;
    for (int word = 0; word < words.length; word++) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        indices[next++] = (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return indices;
  }

  /**
   * A fresh array of the values at the present indices, in ascending order ("mask order").
   *
   * @throws IllegalArgumentException when {@code dense} is not as long as this mask
   */
  public float[] gather(float[] dense) {
    requireLength(dense.length);
    if (isFull()) {
      return dense.clone();
    }
    float[] survivors = new float[cardinality];
    int next = 0;
    for (int word = 0; word < words.length; word++) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        survivors[next++] = dense[(word << 6) + Long.numberOfTrailingZeros(bits)];
      }
    }
    return survivors;
  }

  /**
   * Writes every element of {@code dense}: the survivors, which are in mask order, at the present
   * indices, and +0.0f at the absent ones.
   *
   * @throws IllegalArgumentException when {@code survivors} is not as long as the cardinality, or
   *     {@code dense} not as long as this mask
   */
  public void scatter(float[] survivors, float[] dense) {
    requireLength(dense.length);
    if (survivors.length != cardinality) {
      throw new IllegalArgumentException(
          "a mask with " + cardinality + " survivors can't place " + survivors.length + " values");
    }
    if (isFull()) {
      System.arraycopy(survivors, 0, dense, 0, length);
      return;
    }
    Arrays.fill(dense, 0.0f);
    int next = 0;
    for (int word = 0; word < words.length; word++) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        dense[(word << 6) + Long.numberOfTrailingZeros(bits)] = survivors[next++];
      }
    }
  }

  /**
   * Writes +0.0f at the absent indices and leaves the others alone.
   *
   * @throws IllegalArgumentException when {@code dense} is not as long as this mask
   */
  public void zeroAbsent(float[] dense) {
    requireLength(dense.length);
    for (int word = 0; word < words.length; word++) {
      int base = word << 6;
      int inWord = Math.min(64, length - base);
      long absent = ~words[word] & lowBits(inWord);
      for (long bits = absent; bits != 0; bits &= bits - 1) {
        dense[base + Long.numberOfTrailingZeros(bits)] = 0.0f;
      }
    }
  }

  private void requireLength(int found) {
    if (found != length) {
      throw new IllegalArgumentException(
          "a mask of " + length + " indices was given " + found + " elements");
    }
  }

  private static long[] wordsFor(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a mask has at least 0 bits, found " + length);
    }
    return new long[(int) ((length + 63L) >>> 6)];
  }

  private static int bytesFor(int length) {
    return (int) ((length + 7L) >>> 3);
  }

  /** The lowest {@code count} bits set, {@code count} in [1, 64]. */
  private static long lowBits(int count) {
    return -1L >>> (64 - count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && length == that.length && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * length + Arrays.hashCode(words);
  }

  /** As in {@code Mask[21305 of 266200]}. */
  @Override
  public String toString() {
    return "Mask[" + cardinality + " of " + length + "]";
  }
}
