package io.secateur.prune;

import io.secateur.tensor.Mask;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the surviving weights of a layer look like: count, mean, standard deviation, extremes,
 * histogram and quantiles, in one pass over memory. Statistics of parts merge; of the same weights
 * they are the same to the last bit on any number of threads, because the parts are.
 *
 * <p>Moments are taken in blocks that stay in the cache, by two loops each, and merged in order
 * (Chan, Golub, LeVeque 1979). Quantiles and histogram come from counts by the leading 16 bits of a
 * weight's bit pattern (sign, exponent, 7 bits of the fraction): they are right to 1 part in 128.
 */
public final class WeightStatistics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_PARTS = 16;
  private static final int BLOCK = 1 << 14;
  private static final int BUCKETS = 1 << 16;
  private static final int NEGATIVE = BUCKETS / 2;

  private final long[] counts = new long[BUCKETS];
  private long count;
  private double mean;
  private double squares;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  private WeightStatistics() {}

  /**
   * Looks at the survivors of a layer.
   *
   * @param weights by global index, finite
   * @param survivors weights that count
   * @param range the layer
   */
  public static WeightStatistics of(float[] weights, Mask survivors, WeightRange range) {
    int length = Math.max(BLOCK, (range.length() - 1) / MOST_PARTS + 1);
    int parts = (range.length() - 1) / length + 1;
    List<WeightStatistics> inOrder =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(
                part -> {
                  int from = range.from() + part * length;
                  return part(weights, survivors, from, Math.min(length, range.to() - from));
                })
            .toList();
    WeightStatistics all = new WeightStatistics();
    inOrder.forEach(all::merge);
    return all;
  }

  private static WeightStatistics part(float[] weights, Mask survivors, int from, int length) {
    WeightStatistics all = new WeightStatistics();
    float[] block = new float[Math.min(BLOCK, length)];
    for (int done = 0; done < length; done += BLOCK) {
      int last = Math.min(length, done + BLOCK);
      int found = 0;
      for (int i = from + done; i < from + last; i++) {
        if (survivors.get(i)) {
          block[found++] = weights[i];
        }
      }
      all.add(block, found);
    }
    return all;
  }

  private void add(float[] block, int length) {
    if (length == 0) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      float weight = block[i];
      sum += weight;
      min = Math.min(min, weight);
      max = Math.max(max, weight);
      counts[Float.floatToRawIntBits(weight) >>> 16]++;
    }
    double center = sum / length;
    double around = 0;
    for (int i = 0; i < length; i++) {
      double distance = block[i] - center;
      around += distance * distance;
    }
    addMoments(length, center, around);
  }

  private void addMoments(long others, double center, double around) {
    if (others == 0) {
      return;
    }
    long all = count + others;
    double distance = center - mean;
    squares += around + distance * distance * ((double) count * others / all);
    mean += distance * others / all;
    count = all;
  }

  /** Adds the statistics of another part; in order, for equal bits. */
  public void merge(WeightStatistics part) {
    addMoments(part.count, part.mean, part.squares);
    min = Math.min(min, part.min);
    max = Math.max(max, part.max);
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += part.counts[i];
    }
  }

  /** Surviving weights. */
  public long count() {
    return count;
  }

  /** 0 when there are none. */
  public double mean() {
    return mean;
  }

  /** Population standard deviation; 0 when there are none. */
  public double sigma() {
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  /** The smallest weight; infinity when there are none. */
  public float min() {
    return min;
  }

  /** The largest weight; negative infinity when there are none. */
  public float max() {
    return max;
  }

  /**
   * The weight that so many of the weights are no larger than, to 1 part in 128 and within the
   * extremes.
   *
   * @param fraction in [0, 1]
   * @throws IllegalStateException when there are no weights
   */
  public float quantile(double fraction) {
    if (count == 0) {
      throw new IllegalStateException("found no weights; expected some to take a quantile of");
    }
    long rank = Math.max(1, (long) Math.ceil(fraction * count));
    long below = 0;
    int place = -1;
    while (below < rank) {
      below += counts[bucketAt(++place)];
    }
    return Math.max(min, Math.min(max, middle(bucketAt(place))));
  }

  /**
   * The |w| that so many of the weights do not exceed, to 1 part in 128; 0 when there are none.
   *
   * @param fraction in (0, 1]
   */
  public float magnitudeQuantile(double fraction) {
    long rank = Math.max(1, (long) Math.ceil(fraction * count));
    long below = 0;
    for (int bucket = 0; bucket < NEGATIVE; bucket++) {
      below += counts[bucket] + counts[NEGATIVE + bucket];
      if (below >= rank) {
        return middle(bucket);
      }
    }
    return 0;
  }

  /**
   * Counts in bins of equal width from {@link #min()} to {@link #max()}; a weight may be in the
   * neighbour of its bin when it lies within 1 part in 128 of the border.
   *
   * @param bins 1 or more
   */
  public long[] histogram(int bins) {
    long[] histogram = new long[bins];
    double width = ((double) max - min) / bins;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        double place = width == 0 ? 0 : (middle(bucket) - (double) min) / width;
        histogram[(int) Math.max(0, Math.min(bins - 1, place))] += counts[bucket];
      }
    }
    return histogram;
  }

  /** The buckets from the most negative to the largest. */
  private static int bucketAt(int place) {
    return place < NEGATIVE ? BUCKETS - 1 - place : place - NEGATIVE;
  }

  private static float middle(int bucket) {
    return Float.intBitsToFloat(bucket << 16 | 0x8000);
  }
}
