package io.secateur.prune;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The layer-adaptive scores of one layer's survivors, from counts of their magnitudes.
 *
 * <p>In the order in which weights stay (descending |w|, ties by ascending index) the score of a
 * weight is w^2 over the sum of the squares of the weights up to and with it. It does not ascend
 * along that order, so the weights with a score of at least s are the first so many. Sums by
 * leading digit are exact integers, and thus the same however the weights were split; where they
 * leave open how many weights reach s, one more pass counts the magnitudes of one leading digit.
 */
final class LayerScores {
  /** Far above the rounding of the sums, far below the distance of two leading digits. */
  private static final double DOUBT = 1e-9;

  private final int[] digits;
  private final long[] counts;
  private final double[] squares;
  private final Cutoff.Pass pass;
  private final Map<Integer, MagnitudeHistogram> trailing = new HashMap<>();

  LayerScores(MagnitudeSquares leading, Cutoff.Pass pass) {
    this.digits = leading.digitsDescending();
    this.counts = Arrays.stream(digits).mapToLong(leading::count).toArray();
    this.squares = Arrays.stream(digits).mapToDouble(leading::squares).toArray();
    this.pass = pass;
  }

  /** Survivors, of any score. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  /** No more than {@link #reaching} of this score, from the sums alone. */
  long certainlyReaching(double score) {
    long above = 0;
    double sum = 0;
    for (int i = 0; i < digits.length && allReach(i, sum, score); i++) {
      above += counts[i];
      sum += squares[i];
    }
    return above;
  }

  /** No fewer than {@link #reaching} of this score, from the sums alone. */
  long possiblyReaching(double score) {
    long above = 0;
    double sum = 0;
    for (int i = 0; i < digits.length && !noneReaches(i, sum, score); i++) {
      above += counts[i];
      sum += squares[i];
    }
    return above;
  }

  /**
   * How many weights have at least this score.
   *
   * @param score above 0
   */
  long reaching(double score) {
    long above = 0;
    double sum = 0;
    for (int i = 0; i < digits.length && !noneReaches(i, sum, score); i++) {
      if (!allReach(i, sum, score)) {
        long reached = reachingWithin(digits[i], sum, score);
        if (reached < counts[i]) {
          return above + reached;
        }
      }
      above += counts[i];
      sum += squares[i];
    }
    return above;
  }

  private boolean allReach(int place, double above, double score) {
    double lowest = square(MagnitudeHistogram.magnitude(digits[place], 0));
    return lowest / (above + squares[place]) >= score * (1 + DOUBT);
  }

  private boolean noneReaches(int place, double above, double score) {
    double highest = square(MagnitudeHistogram.magnitude(digits[place] + 1, 0));
    return highest / (above + highest) < score * (1 - DOUBT);
  }

  /**
   * Those of one leading digit.
   *
   * @param above the sum of the squares of all higher digits
   */
  private long reachingWithin(int digit, double above, double score) {
    MagnitudeHistogram counts = trailing(digit);
    long reached = 0;
    double sum = above;
    for (int low = counts.highestBelow(counts.digits()); low >= 0; low = counts.highestBelow(low)) {
      double square = square(MagnitudeHistogram.magnitude(digit, low));
      long ties = counts.count(low);
      long reaching = ties(square, sum, ties, score);
      reached += reaching;
      if (reaching < ties) {
        return reached;
      }
      sum += ties * square;
    }
    return reached;
  }

  /** How many of equal weights reach the score: the j-th has square / (above + j square). */
  private static long ties(double square, double above, long count, double score) {
    long reach = 0;
    long open = count;
    while (reach < open) {
      long middle = reach + (open - reach + 1) / 2;
      if (square > 0 && square / (above + middle * square) >= score) {
        reach = middle;
      } else {
        open = middle - 1;
      }
    }
    return reach;
  }

  private MagnitudeHistogram trailing(int digit) {
    return trailing.computeIfAbsent(digit, pass::trailing);
  }

  private static double square(int magnitude) {
    double weight = Float.intBitsToFloat(magnitude);
    return weight * weight;
  }
}
