package io.secateur.cli;

import io.secateur.error.JobFailedException;
import io.secateur.report.Figures;
import io.secateur.report.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a demo has to reach.
 *
 * @param mostDenseError largest test error of the dense network, percent
 * @param leastRate fewest times the prunable weights must be reduced
 * @param mostPrunedError largest test error of the pruned network, percent
 * @param mostLoss largest difference of the two, percentage points
 */
record DemoBounds(
    double mostDenseError, double leastRate, double mostPrunedError, double mostLoss) {
  /** Far below the smallest difference of two test errors, far above rounding. */
  private static final double ROUNDING = 1e-9;

  /** All of MNIST: the paper has 1.64 % before and 1.59 % after, at 12x. */
  static final DemoBounds FULL = new DemoBounds(1.6, 12, 1.5, 0.1);

  /**
   * 12,000 images and few epochs: that every stage works, not how well it can. Retraining goes on
   * longer than the dense training did, so pruning that works ends below the dense error.
   */
  static final DemoBounds QUICK = new DemoBounds(3.8, 12, 3.0, 0);

  /** The bounds in words. */
  String describe() {
    return "to be met: dense error at most "
        + Figures.percent(mostDenseError)
        + ", weights at least "
        + Figures.times(leastRate)
        + ", pruned error at most "
        + Figures.percent(mostPrunedError)
        + " and at most dense "
        + points(mostLoss);
  }

  /**
   * Compares a job's figures with the bounds.
   *
   * @throws JobFailedException naming what is outside
   */
  void require(JobResult result) {
    double dense = result.dense().testErrorPercent();
    double pruned = result.pruned().testErrorPercent();
    List<String> missed = new ArrayList<>();
    if (dense > mostDenseError + ROUNDING) {
      missed.add("a dense error of " + Figures.percent(dense));
    }
    if (result.compression().weights() < leastRate) {
      missed.add("weights reduced " + Figures.times(result.compression().weights()));
    }
    if (pruned > mostPrunedError + ROUNDING) {
      missed.add("a pruned error of " + Figures.percent(pruned));
    }
    if (pruned > dense + mostLoss + ROUNDING) {
      missed.add("a pruned error of dense " + points(pruned - dense));
    }
    if (!missed.isEmpty()) {
      throw new JobFailedException(
          String.join(" and ", missed),
          describe().substring("to be met: ".length()),
          "this machine's arithmetic differs from where the bounds were set: please report it");
    }
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.2f points", difference);
  }
}
