package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.Keep;
import io.secateur.train.Evaluation;
import org.junit.jupiter.api.Test;

class BestEpochTest {
  /** Offers epochs with these errors and losses: the last one that was the best. */
  private static int kept(Keep keep, int holdEpochs, long[] errors, double[] losses) {
    int kept = -1;
    BestEpoch best = new BestEpoch(keep, holdEpochs);
    for (int epoch = 0; epoch < errors.length; epoch++) {
      if (best.isBest(epoch, new Evaluation(errors[epoch], 100, losses[epoch]))) {
        kept = epoch;
      }
    }
    return kept;
  }

  @Test
  void onlyTheLastThirdIsCompared() {
    assertThat(kept(Keep.BEST, 6, new long[] {0, 1, 2, 3, 9, 8}, new double[6])).isEqualTo(5);
  }

  @Test
  void fewestErrorsThenLowerLossThenEarlier() {
    double[] losses = {9, 9, 9, 9, 9, 9, 0.5, 0.4, 0.4};
    assertThat(kept(Keep.BEST, 9, new long[] {9, 9, 9, 9, 9, 9, 5, 5, 5}, losses)).isEqualTo(7);
  }

  @Test
  void theLastOfLessThanThreeIsTheOnlyCandidate() {
    assertThat(kept(Keep.BEST, 2, new long[] {0, 9}, new double[2])).isEqualTo(1);
  }

  @Test
  void lastMeansLast() {
    assertThat(kept(Keep.LAST, 6, new long[] {9, 9, 9, 9, 0, 9}, new double[6])).isEqualTo(5);
  }
}
