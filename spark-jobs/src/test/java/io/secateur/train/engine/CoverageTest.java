package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.Node;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {
  private static final Shape ROW = Shape.of(8);
  private static final Node INPUT = Node.input("input", ROW, 1);
  private static final Node SOFTMAX = Node.softmax("softmax", "fc", Shape.of(3));

  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5", "VGG_16"})
  void theShippedNetworksAreCovered(ShippedNetwork network) {
    assertThat(Coverage.missing(network.topology())).isEmpty();
  }

  @Test
  void aChainOfAllKindsIsCovered() {
    Topology topology =
        LayerChains.input()
            .dropout(0.1)
            .convolutionWithoutBias(3, new Window(3, 5, 2, 1, 1, 0))
            .relu()
            .pool(Window.square(3, 2, 1))
            .flatten()
            .dense(7)
            .relu()
            .classified();
    assertThat(Coverage.missing(topology)).isEmpty();
  }

  @Test
  void batchNormIsNamedWithItsLayer() {
    Topology topology =
        Topology.of(
            INPUT,
            Node.batchNorm("norm", "input", ROW, 1e-5),
            Node.dense("fc", "norm", 8, 3),
            SOFTMAX);
    assertThat(Coverage.missing(topology)).contains("layer norm of kind batch-norm");
  }

  @Test
  void anUnknownLayerIsNamedByItsOwnKind() {
    Topology topology =
        Topology.of(
            INPUT,
            Node.opaque("lstm", "LSTM", List.of("input"), ROW, List.of()),
            Node.dense("fc", "lstm", 8, 3),
            SOFTMAX);
    assertThat(Coverage.missing(topology)).contains("layer lstm of kind LSTM");
  }

  @Test
  void aBranchAGroupedConvolutionAndAnEndWithoutSoftmaxAreNot() {
    Topology sum =
        Topology.of(
            INPUT,
            Node.relu("relu", "input", ROW),
            Node.add("sum", List.of("input", "relu"), ROW),
            Node.dense("fc", "sum", 8, 3),
            SOFTMAX);
    assertThat(Coverage.missing(sum)).contains("layer sum of kind add");
    Shape image = Shape.of(4, 6, 6);
    Topology grouped =
        Topology.of(
            Node.input("input", image, 1),
            Node.convolution("conv", "input", image, 4, 3, 1, 0, 2),
            Node.flatten("flatten", "conv", Shape.of(4, 4, 4)),
            Node.dense("fc", "flatten", 64, 3),
            SOFTMAX);
    assertThat(Coverage.missing(grouped)).contains("layer conv of kind convolution in 2 groups");
    assertThat(Coverage.missing(Topology.of(INPUT, Node.dense("fc", "input", 8, 3))))
        .contains("layer fc of kind dense at the end, where a softmax should be");
  }
}
