package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.config.DropoutPolicy;
import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.DropoutDensity;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;

class DropoutRatesTest {
  @Test
  void theDropProbabilityShrinksWithTheRootOfTheDensity() {
    // drops 0.4 of the dense network; a quarter of the connections drop 0.4 * 0.5
    assertThat(DropoutDensity.kept(0.6, 0.25)).isCloseTo(0.8, within(1e-12));
    assertThat(DropoutDensity.kept(0.6, 1)).isCloseTo(0.6, within(1e-12));
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

  @Test
  void inAGraphAllLayersThatReadTheDroppedValuesDecide() {
    ComputationGraphConfiguration graph =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .addLayer("drop", new DropoutLayer(0.6), "in")
            .addLayer("left", new DenseLayer.Builder().nIn(4).nOut(2).build(), "drop")
            .addLayer("right", new DenseLayer.Builder().nIn(4).nOut(2).build(), "drop")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left", "right")
            .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "sum")
            .setOutputs("out")
            .build();
    GraphConfiguration configuration = new GraphConfiguration(graph);
    Topology topology = configuration.topology(configuration.init(), Shape.of(4));
    // left and right have 8 weights each, of which 4 and none survive; out has 4
    Mask mask = Mask.where(20, i -> i < 4 || i >= 16);
    DropoutRates rates = DropoutRates.of(configuration.layers(), topology, mask);
    rates.follow(DropoutPolicy.ADJUST);
    // a quarter of the connections: 0.4 x 0.5 is dropped
    assertThat(((Dropout) configuration.layers().get(0).layer().getIDropout()).getP())
        .isCloseTo(0.8, within(1e-12));
  }

  private static double kept(List<NamedLayer> layers) {
    return ((Dropout) layers.get(1).layer().getIDropout()).getP();
  }
}
