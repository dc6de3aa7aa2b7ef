package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.encoding.Encoding;
import org.junit.jupiter.api.Test;

class PrunedNetworkTest {
  @Test
  void parametersAreThosePublished() {
    assertThat(PrunedNetwork.ALEXNET.parameters()).isEqualTo(60_965_224);
    assertThat(PrunedNetwork.VGG_16.parameters()).isEqualTo(138_357_544);
  }

  /** Table 1: 6.7 and 10.3 million survive. The densities that it goes with are whole percents. */
  @Test
  void densitiesAddUpToThePapersTotals() {
    assertThat(survivors(PrunedNetwork.ALEXNET)).isBetween(6_600_000.0, 6_900_000.0);
    assertThat(survivors(PrunedNetwork.VGG_16)).isBetween(10_200_000.0, 10_600_000.0);
  }

  private static double survivors(PrunedNetwork network) {
    return network.layers().stream()
        .mapToDouble(layer -> layer.weights() * layer.percent() / 100.0)
        .sum();
  }

  @Test
  void convolutionsHaveEightBitsInThePaperAndOtherLayersFive() {
    assertThat(PrunedNetwork.VGG_16.layers().get(0).paperEncoding())
        .isEqualTo(Encoding.relativeIndex(8));
    assertThat(PrunedNetwork.VGG_16.layers().get(13).paperEncoding())
        .isEqualTo(Encoding.relativeIndex(5));
  }
}
