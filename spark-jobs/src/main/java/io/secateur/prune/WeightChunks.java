package io.secateur.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The weights of some ranges in chunks that threads work on: all indices of a chunk lie between two
 * multiples of {@value #CHUNK}, so that no two chunks share a word of a bitmap.
 */
final class WeightChunks {
  private static final int CHUNK = 1 << 19;

  private final float[] weights;
  private final SurvivorBits survivors;
  private final List<List<WeightRange>> chunks = new ArrayList<>();

  /**
   * @param ranges in any order, none over another
   */
  WeightChunks(float[] weights, SurvivorBits survivors, List<WeightRange> ranges) {
    this.weights = weights;
    this.survivors = survivors;
    int last = -1;
    for (WeightRange range : WeightRange.ascending(ranges)) {
      int from = range.from();
      while (from < range.to()) {
        int chunk = from / CHUNK;
        int length = (int) Math.min((chunk + 1L) * CHUNK, range.to()) - from;
        if (chunk != last) {
          chunks.add(new ArrayList<>());
          last = chunk;
        }
        chunks.get(chunks.size() - 1).add(new WeightRange(range.layer(), from, length));
        from += length;
      }
    }
  }

  /** Counts the survivors; sums of counts do not depend on the order. */
  MagnitudeHistogram count(Supplier<MagnitudeHistogram> empty) {
    return chunks.parallelStream()
        .collect(
            empty,
            (histogram, chunk) -> chunk.forEach(range -> histogram.add(weights, survivors, range)),
            MagnitudeHistogram::merge);
  }

  /** Counts the survivors with the sums of their squares. */
  MagnitudeSquares squares() {
    return chunks.parallelStream()
        .collect(
            MagnitudeSquares::new,
            (squares, chunk) -> chunk.forEach(range -> squares.add(weights, survivors, range)),
            MagnitudeSquares::merge);
  }

  /** Clears what goes. */
  void clear(Cutoff cutoff) {
    long[] ties = chunks.parallelStream().mapToLong(c -> clearBelow(c, cutoff)).toArray();
    long left = cutoff.ties();
    List<Runnable> cuts = new ArrayList<>();
    for (int i = 0; i < ties.length; i++) {
      long stay = Math.min(ties[i], left);
      left -= stay;
      if (stay < ties[i]) {
        List<WeightRange> chunk = chunks.get(i);
        cuts.add(() -> clearTies(chunk, cutoff.magnitude(), stay));
      }
    }
    cuts.parallelStream().forEach(Runnable::run);
  }

  /** Clears the survivors below, and returns how many equal the cutoff. */
  private long clearBelow(List<WeightRange> chunk, Cutoff cutoff) {
    int magnitude = cutoff.magnitude();
    long ties = 0;
    for (WeightRange range : chunk) {
      int lastWord = (range.to() - 1) >>> 6;
      for (int word = range.from() >>> 6; word <= lastWord; word++) {
        long bits = survivors.in(word, range.from(), range.to());
        int first = word << 6;
        int count = Math.min(64, weights.length - first);
        long below = 0;
        for (int i = 0; i < count; i++) {
          int own = MagnitudeHistogram.magnitude(weights[first + i]);
          below |= ((long) (own - magnitude) >>> 63) << i;
          ties += own == magnitude ? bits >>> i & 1 : 0;
        }
        survivors.clear(word, bits & below);
      }
    }
    return ties;
  }

  private void clearTies(List<WeightRange> chunk, int magnitude, long stay) {
    long left = stay;
    for (WeightRange range : chunk) {
      int lastWord = (range.to() - 1) >>> 6;
      for (int word = range.from() >>> 6; word <= lastWord; word++) {
        long bits = survivors.in(word, range.from(), range.to());
        for (; bits != 0; bits &= bits - 1) {
          int i = (word << 6) + Long.numberOfTrailingZeros(bits);
          if (MagnitudeHistogram.magnitude(weights[i]) == magnitude && --left < 0) {
            survivors.clear(word, Long.lowestOneBit(bits));
          }
        }
      }
    }
  }

  /** Clears all survivors. */
  void clearAll() {
    chunks.parallelStream().forEach(chunk -> chunk.forEach(this::clearAll));
  }

  private void clearAll(WeightRange range) {
    int lastWord = (range.to() - 1) >>> 6;
    for (int word = range.from() >>> 6; word <= lastWord; word++) {
      survivors.clear(word, survivors.in(word, range.from(), range.to()));
    }
  }

  /** Clears the survivors with |w| &lt;= threshold. */
  void clearUpTo(double threshold) {
    chunks.parallelStream().forEach(chunk -> chunk.forEach(range -> clearUpTo(range, threshold)));
  }

  private void clearUpTo(WeightRange range, double threshold) {
    int lastWord = (range.to() - 1) >>> 6;
    for (int word = range.from() >>> 6; word <= lastWord; word++) {
      long bits = survivors.in(word, range.from(), range.to());
      long cut = 0;
      for (long left = bits; left != 0; left &= left - 1) {
        int i = Long.numberOfTrailingZeros(left);
        if (Math.abs(weights[(word << 6) + i]) <= threshold) {
          cut |= 1L << i;
        }
      }
      survivors.clear(word, cut);
    }
  }
}
