package io.secateur.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predictions that are timed one by one: a turn is many of them, and its figure is their median.
 */
abstract class Calls implements Contestant {
  private static final double COLD_SECONDS = 3;
  private static final double WARM_SECONDS = 1;

  private final String name;
  private final int least;
  private final List<double[]> turns = new ArrayList<>();

  /**
   * @param least predictions of a turn, however long they take
   */
  Calls(String name, int least) {
    this.name = name;
    this.least = least;
  }

  /**
   * Predicts again and again.
   *
   * @param seconds how long at least
   * @param count how often at least
   * @return the seconds of each
   * @throws SkippedException when it can't run on this machine
   */
  abstract double[] predict(double seconds, int count);

  /**
   * What it predicts for the first example.
   *
   * @throws SkippedException when it can't run on this machine
   */
  abstract float[] firstAnswer();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final double seconds() {
    double[] seconds = predict(turns.isEmpty() ? COLD_SECONDS : WARM_SECONDS, least);
    turns.add(seconds);
    return percentile(seconds, 50);
  }

  /** The seconds within which so many percent of all counted predictions were done. */
  final double percentile(int percent) {
    double[] counted = turns.stream().skip(1).flatMapToDouble(Arrays::stream).toArray();
    return percentile(counted, percent);
  }

  /** By nearest rank: the smallest value that so many percent of all do not exceed. */
  static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }
}
