package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.config.Keep;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.train.Evaluation;
import org.junit.jupiter.api.Test;

class BestEpochTest {
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(ShippedNetwork.LENET_300_100.topology());

  private final NetworkParameters state = NetworkParameters.zeros(LAYOUT);

  /** Offers epochs with these errors and losses; the state's first weight is the epoch. */
  private float kept(Keep keep, int holdEpochs, long[] errors, double[] losses) {
    BestEpoch best = new BestEpoch(keep, holdEpochs);
    for (int epoch = 0; epoch < errors.length; epoch++) {
      state.weights()[0] = epoch;
      best.offer(epoch, new Evaluation(errors[epoch], 100, losses[epoch]), state);
    }
    return best.kept().orElseThrow().weights()[0];
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
