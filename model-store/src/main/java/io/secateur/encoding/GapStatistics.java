package io.secateur.encoding;

import java.util.Arrays;

/**
 * All that one pass over a tensor's values has to find out: which elements are present, as a bitmap
 * that starts on a new word with each chunk, and for each chunk how many values there are and how
 * many fillers an index of any width would need. With it the exact size of every encoding is known,
 * and none has to look for zeros again.
 */
final class GapStatistics {
  private static final int WIDTHS = Encoding.MAX_INDEX_BITS - Encoding.MIN_INDEX_BITS + 1;

  /** Longer gaps are rare (at most one in 257 elements) and are counted one by one. */
  private static final int SHORT_GAPS = 256;

  private final Chunking chunking;
  private final int wordsPerChunk;
  private final long[] words;
  private final int[] survivors;

  /** For each chunk, a filler count for each width from the smallest. */
  private final int[] fillers;

  private GapStatistics(Chunking chunking) {
    this.chunking = chunking;
    this.wordsPerChunk = wordsFor(chunking.chunkElements());
    int chunks = chunking.chunks();
    int lastWords = chunks == 0 ? 0 : wordsFor(chunking.elements(chunks - 1));
    this.words = new long[Math.max(0, chunks - 1) * wordsPerChunk + lastWords];
    this.survivors = new int[chunks];
    this.fillers = new int[chunks * WIDTHS];
  }

  private static int wordsFor(int elements) {
    return (int) ((elements + 63L) >>> 6);
  }

  /** Scans the tensor whose values begin at {@code from}. */
  static GapStatistics of(float[] values, int from, Chunking chunking, Cores cores) {
    GapStatistics statistics = new GapStatistics(chunking);
    cores.each(chunking.chunks(), chunk -> statistics.scan(values, from, chunk));
    return statistics;
  }

  private void scan(float[] values, int from, int chunk) {
    int elements = chunking.elements(chunk);
    int first = from + chunking.first(chunk);
    int word = firstWord(chunk);
    int whole = elements & -64;
    for (int i = 0; i < whole; i += 64) {
      words[word++] = presence(values, first + i);
    }
    for (int i = whole; i < elements; i++) {
      words[word] |= (long) presentBit(values, first + i) << i;
    }
    count(chunk);
  }

  /** The bitmap of 64 values. Without branches: where survivors lie can't be predicted. */
  private static long presence(float[] values, int from) {
    long word = 0;
    for (int i = 0; i < 64; i += 8) {
      int at = from + i;
      int bits =
          presentBit(values, at)
              | presentBit(values, at + 1) << 1
              | presentBit(values, at + 2) << 2
              | presentBit(values, at + 3) << 3
              | presentBit(values, at + 4) << 4
              | presentBit(values, at + 5) << 5
              | presentBit(values, at + 6) << 6
              | presentBit(values, at + 7) << 7;
      word |= (long) bits << i;
    }
    return word;
  }

  private static int presentBit(float[] values, int at) {
    return Bits.nonZero(Float.floatToRawIntBits(values[at]));
  }

  private void count(int chunk) {
    int[] shortGaps = new int[SHORT_GAPS];
    int base = chunk * WIDTHS;
    int next = 0;
    int end = firstWord(chunk) + wordsFor(chunking.elements(chunk));
    int element = 0;
    int count = 0;
    for (int word = firstWord(chunk); word < end; word++, element += 64) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        int present = element + Long.numberOfTrailingZeros(bits);
        int gap = present - next;
        next = present + 1;
        count++;
        if (gap < SHORT_GAPS) {
          shortGaps[gap]++;
        } else {
          addFillers(base, gap, 1);
        }
      }
    }
    survivors[chunk] = count;
    for (int gap = 1 << Encoding.MIN_INDEX_BITS; gap < SHORT_GAPS; gap++) {
      if (shortGaps[gap] != 0) {
        addFillers(base, gap, shortGaps[gap]);
      }
    }
  }

  /** A gap of g zeros takes floor(g / 2^width) fillers. */
  private void addFillers(int base, int gap, int times) {
    int left = gap >>> Encoding.MIN_INDEX_BITS;
    for (int i = 0; i < WIDTHS && left != 0; i++, left >>>= 1) {
      fillers[base + i] += left * times;
    }
  }

  Chunking chunking() {
    return chunking;
  }

  /** The bitmap: bit {@code i & 63} of word {@code firstWord + (i >>> 6)}; the rest is zero. */
  long[] words() {
    return words;
  }

  /** Where a chunk's bitmap begins. */
  int firstWord(int chunk) {
    return chunk * wordsPerChunk;
  }

  /** The values of a chunk whose bits are not all zero. */
  int survivors(int chunk) {
    return survivors[chunk];
  }

  /** The same of all chunks. */
  int survivors() {
    return Arrays.stream(survivors).sum();
  }

  /** The fillers that indices of that width need in a chunk. */
  int fillers(int chunk, int indexBits) {
    return fillers[chunk * WIDTHS + indexBits - Encoding.MIN_INDEX_BITS];
  }
}
