package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.core.util.ModelGuesser;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What DL4J alone opens, and what runs without it, predict the same. */
class Dl4jExportTest {
  private static final int ROWS = 40;
  private static final int PIXELS = 784;

  @TempDir private Path folder;

  /** A tenth of the weights, and every other parameter. */
  private static NetworkParameters pruned(Topology topology) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    Random random = new Random(3);
    for (int i = 0; i < parameters.weights().length; i++) {
      parameters.weights()[i] = random.nextInt(10) == 0 ? 0.2f * (float) random.nextGaussian() : 0;
    }
    for (int i = 0; i < parameters.others().length; i++) {
      parameters.others()[i] = random.nextFloat();
    }
    return parameters;
  }

  private static float[] scaledDigits() {
    float[] features = new float[ROWS * PIXELS];
    SampleDigits.testRows().fill(0, ROWS, features, new int[ROWS]);
    return features;
  }

  private static float[] probabilities(SparseNetwork network, float[] scaled) {
    float[] raw = new float[scaled.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (float) (scaled[i] / network.topology().inputScale());
    }
    float[] probabilities = new float[ROWS * network.outputs()];
    network.session().probabilities(raw, ROWS, probabilities);
    return probabilities;
  }

  private Path exported(NetworkDefinition definition, NetworkParameters parameters)
      throws Exception {
    Path zip = folder.resolve("model.zip");
    try (var out = Files.newOutputStream(zip)) {
      Dl4jNetworks.write(definition, parameters, out);
    }
    return zip;
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void aShippedNetworkOpensInPlainDl4j(ShippedNetwork shipped) throws Exception {
    Topology topology = shipped.topology();
    NetworkParameters parameters = pruned(topology);
    Path zip = exported(Dl4jNetworks.render(topology), parameters);

    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), true);
    float[] features = scaledDigits();
    long[] shape =
        shipped == ShippedNetwork.LENET_5
            ? new long[] {ROWS, 1, 28, 28}
            : new long[] {ROWS, PIXELS};
    INDArray output = network.output(Nd4j.create(features, shape, 'c'));

    assertThat(output.dup('c').data().asFloat())
        .containsExactly(
            probabilities(SparseNetwork.of(topology, parameters), features), within(1e-5f));
    assertThat(ModelGuesser.loadModelGuess(zip.toString())).isInstanceOf(MultiLayerNetwork.class);
  }

  /**
   * Batch normalisation, sums and convolution mode Same; our own kernels know all but one layer.
   */
  @Test
  void aResidualGraphOpensInPlainDl4j() throws Exception {
    ComputationGraph source = ResidualGraphs.trained();
    ImportedNetwork imported =
        Dl4jNetworks.read(
            new ByteArrayInputStream(ResidualGraphs.zipOf(source)),
            "model.zip",
            Shape.of(1, 28, 28));
    Path zip = exported(imported.definition(), imported.parameters());

    ComputationGraph network = ModelSerializer.restoreComputationGraph(zip.toFile(), true);
    INDArray features = Nd4j.create(scaledDigits(), new long[] {ROWS, 1, 28, 28}, 'c');
    float[] expected = source.outputSingle(false, features).dup('c').data().asFloat();

    assertThat(network.outputSingle(false, features).dup('c').data().asFloat())
        .containsExactly(expected, within(2e-6f));
    assertThat(ModelGuesser.loadModelGuess(zip.toString())).isInstanceOf(ComputationGraph.class);
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    NetworkDefinition definition = Dl4jNetworks.render(ShippedNetwork.LENET_5.topology());
    NetworkParameters other = pruned(ShippedNetwork.LENET_300_100.topology());
    assertThatThrownBy(() -> Dl4jNetworks.write(definition, other, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fc1.weight");
  }
}
