package io.secateur.prune;

import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Exact selection of the weights that stay, by magnitude.
 *
 * <p>Two histograms of bit-pattern digits find the magnitude of rank K among the survivors in two
 * passes, without sorting and without copying weights; all above it stay, then ties by ascending
 * global index until K is reached. Only survivors are ranked, so the result is a subset of them. A
 * survivor that has become zero ranks last. Weights must be finite; {@link Pruner} checks it.
 */
public final class ThresholdSelector {
  private static final int PIECE = 1 << 20;

  private ThresholdSelector() {}

  /**
   * The {@code keep} largest survivors of the ranges; survivors elsewhere stay.
   *
   * @param weights by global index
   * @param survivors what is ranked, of the same length
   * @param ranges weights that compete with each other
   * @param keep K, 0 or more; when it is no less than the survivors, nothing is cut
   */
  public static Mask keepLargest(
      float[] weights, Mask survivors, List<WeightRange> ranges, long keep) {
    byte[] bitmap = bitmap(weights, survivors);
    clearAllButLargest(weights, bitmap, ranges, keep);
    return Mask.fromBytes(survivors.length(), bitmap);
  }

  /**
   * The survivors of the ranges with |w| &gt; threshold; survivors elsewhere stay.
   *
   * @param weights by global index
   * @param survivors what is compared, of the same length
   * @param ranges weights in question
   * @param threshold 0 or more; at 0 only zeros go
   */
  public static Mask keepAbove(
      float[] weights, Mask survivors, List<WeightRange> ranges, double threshold) {
    byte[] bitmap = bitmap(weights, survivors);
    clearUpTo(weights, bitmap, ranges, threshold);
    return Mask.fromBytes(survivors.length(), bitmap);
  }

  private static byte[] bitmap(float[] weights, Mask survivors) {
    if (weights.length != survivors.length()) {
      throw new IllegalArgumentException(
          "found %d weights and a mask of %d; expected the same number"
              .formatted(weights.length, survivors.length()));
    }
    return survivors.toBytes();
  }

  /** Returns the largest |w| that was cut, 0 when none was. */
  static double clearAllButLargest(
      float[] weights, byte[] bitmap, List<WeightRange> ranges, long keep) {
    if (keep < 0) {
      throw new IllegalArgumentException("found keep %d; expected 0 or more".formatted(keep));
    }
    List<WeightRange> ascending = new ArrayList<>(ranges);
    ascending.sort(Comparator.comparingInt(WeightRange::from));
    MagnitudeHistogram leading =
        count(weights, bitmap, ascending, MagnitudeHistogram::byLeadingDigit);
    if (keep >= leading.total()) {
      return 0;
    }
    if (keep == 0) {
      return clear(weights, bitmap, ascending, Integer.MAX_VALUE, 0);
    }
    MagnitudeHistogram.Place high = leading.placeOf(keep);
    MagnitudeHistogram trailing =
        count(weights, bitmap, ascending, () -> MagnitudeHistogram.byTrailingDigitOf(high.digit()));
    MagnitudeHistogram.Place low = trailing.placeOf(keep - high.above());
    int magnitude = high.digit() << 16 | low.digit();
    return clear(weights, bitmap, ascending, magnitude, keep - high.above() - low.above());
  }

  /** Clears survivors below a magnitude, and those equal to it but the first {@code ties}. */
  private static double clear(
      float[] weights, byte[] bitmap, List<WeightRange> ranges, int magnitude, long ties) {
    long tiesLeft = ties;
    int largestCut = 0;
    for (WeightRange range : ranges) {
      for (int i = range.from(); i < range.to(); i++) {
        int own = MagnitudeHistogram.magnitude(weights[i]);
        if (own > magnitude || !Bitmaps.get(bitmap, i)) {
          continue;
        }
        if (own == magnitude && tiesLeft > 0) {
          tiesLeft--;
          continue;
        }
        Bitmaps.clear(bitmap, i);
        largestCut = Math.max(largestCut, own);
      }
    }
    return Float.intBitsToFloat(largestCut);
  }

  static void clearUpTo(
      float[] weights, byte[] bitmap, List<WeightRange> ranges, double threshold) {
    for (WeightRange range : ranges) {
      for (int i = range.from(); i < range.to(); i++) {
        if (Math.abs(weights[i]) <= threshold) {
          Bitmaps.clear(bitmap, i);
        }
      }
    }
  }

  /** Counts pieces in parallel; sums of counts do not depend on the order. */
  private static MagnitudeHistogram count(
      float[] weights,
      byte[] bitmap,
      List<WeightRange> ranges,
      Supplier<MagnitudeHistogram> empty) {
    List<WeightRange> pieces = new ArrayList<>();
    for (WeightRange range : ranges) {
      for (int done = 0; done < range.length(); done += PIECE) {
        int length = Math.min(PIECE, range.length() - done);
        pieces.add(new WeightRange(range.layer(), range.from() + done, length));
      }
    }
    return pieces.parallelStream()
        .collect(
            empty,
            (histogram, piece) -> histogram.addSurvivors(weights, bitmap, piece),
            MagnitudeHistogram::merge);
  }
}
