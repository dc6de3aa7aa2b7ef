package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.config.DropoutPolicy;
import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.junit.jupiter.api.Test;

class DropoutRatesTest {
  @Test
  void theDropProbabilityShrinksWithTheRootOfTheDensity() {
    // drops 0.4 of the dense network; a quarter of the connections drop 0.4 * 0.5
    assertThat(DropoutRates.kept(0.6, 0.25)).isCloseTo(0.8, within(1e-12));
    assertThat(DropoutRates.kept(0.6, 1)).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void theLayerThatReadsTheDroppedValuesDecidesAndThePolicyIsReversible() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(4), 1),
            Node.dense("fc1", "input", 4, 4),
            Node.dropout("drop", "fc1", Shape.of(4), 0.4),
            Node.dense("fc2", "drop", 4, 2),
            Node.softmax("softmax", "fc2", Shape.of(2)));
    List<NamedLayer> layers =
        Dl4jConfiguration.fromJson(Dl4jNetworks.render(topology).dl4jConfiguration()).layers();
    // fc1 has 16 weights, fc2 8: two of them survive
    Mask mask = Mask.where(24, i -> i < 18);
    DropoutRates rates = DropoutRates.of(layers, topology, mask);
    rates.follow(DropoutPolicy.ADJUST);
    assertThat(kept(layers)).isCloseTo(0.8, within(1e-12));
    rates.follow(DropoutPolicy.UNCHANGED);
    assertThat(kept(layers)).isCloseTo(0.6, within(1e-12));
  }

  private static double kept(List<NamedLayer> layers) {
    return ((Dropout) layers.get(1).layer().getIDropout()).getP();
  }
}
