package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.prune.DeadNeurons;
import io.secateur.prune.ReducedNetwork;
import io.secateur.tensor.Shape;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** DL4J's own configuration, without dead neurons, says what it said before. */
class ResizedNetworkTest {
  private static final int ROWS = 20;
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  /** A twentieth of the weights, and biases of both signs. */
  private static NetworkParameters pruned(NetworkParameters parameters) {
    NetworkParameters pruned = parameters.copy();
    Random random = new Random(7);
    for (int i = 0; i < pruned.weights().length; i++) {
      pruned.weights()[i] = random.nextInt(20) == 0 ? (float) (0.3 * random.nextGaussian()) : 0;
    }
    for (int i = 0; i < pruned.others().length; i++) {
      pruned.others()[i] = (float) Math.abs(0.5 * random.nextGaussian()) + 0.1f;
    }
    return pruned;
  }

  private static float[] predicted(NetworkDefinition definition, NetworkParameters parameters) {
    float[] features = new float[ROWS * 784];
    SampleDigits.testRows().fill(0, ROWS, features, new int[ROWS]);
    float[] predicted = new float[ROWS * 10];
    try (Predictor predictor = new Dl4jEngine().predictor(definition, parameters)) {
      predictor.predict(features, ROWS, predicted);
    }
    return predicted;
  }

  private static ReducedNetwork assertPredictsTheSame(
      NetworkDefinition definition, NetworkParameters parameters) {
    ReducedNetwork reduced = DeadNeurons.remove(definition.topology(), parameters);
    NetworkDefinition smaller = Dl4jNetworks.resized(definition, reduced.topology());

    assertThat(smaller.topology()).isEqualTo(reduced.topology());
    assertThat(predicted(smaller, reduced.parameters()))
        .containsExactly(predicted(definition, parameters), within(1e-5f));
    return reduced;
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(5, 5)
        .stride(2, 2)
        .nOut(channels)
        .activation(Activation.RELU)
        .build();
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nOut(30).activation(Activation.RELU).dropOut(0.5).build();
  }

  private static OutputLayer softmax() {
    return new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build();
  }

  @Test
  void aForeignChainBehindFlattening() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(convolution(12))
                .layer(pool())
                .layer(dense())
                .layer(softmax())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build());
    network.init();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, false);
    ImportedNetwork imported =
        Dl4jNetworks.read(new ByteArrayInputStream(zip.toByteArray()), "zip", DIGIT);

    ReducedNetwork reduced =
        assertPredictsTheSame(imported.definition(), pruned(imported.parameters()));

    assertThat(reduced.removed()).containsKeys("layer0", "layer2");
  }

  @Test
  void aForeignGraphThatIsAChain() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("digits")
                .addLayer("first", convolution(12), "digits")
                .addLayer("second", convolution(9), "first")
                .addLayer("hidden", dense(), "second")
                .addLayer("out", softmax(), "hidden")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .build());
    network.init();
    ImportedNetwork imported =
        Dl4jNetworks.read(new ByteArrayInputStream(ResidualGraphs.zipOf(network)), "zip", DIGIT);

    ReducedNetwork reduced =
        assertPredictsTheSame(imported.definition(), pruned(imported.parameters()));

    assertThat(reduced.removed()).containsKeys("first", "hidden");
  }

  @Test
  void groupsStayAndWhatIsBehindThemShrinks() {
    Shape map = Shape.of(6, 12, 12);
    Topology grouped =
        Topology.of(
            Node.input("input", DIGIT, 1.0 / 255),
            Node.convolution("conv1", "input", DIGIT, 4, 5, 2, 0, 1),
            Node.relu("relu1", "conv1", Shape.of(4, 12, 12)),
            Node.convolution("conv2", "relu1", Shape.of(4, 12, 12), 6, 3, 1, 1, 2),
            Node.relu("relu2", "conv2", map),
            Node.maxPool("pool2", "relu2", map, Window.square(2, 2, 0)),
            Node.flatten("flatten", "pool2", Shape.of(6, 6, 6)),
            Node.dense("fc1", "flatten", 216, 40),
            Node.relu("relu3", "fc1", Shape.of(40)),
            Node.dense("fc2", "relu3", 40, 10),
            Node.softmax("softmax", "fc2", Shape.of(10)));

    ReducedNetwork reduced =
        assertPredictsTheSame(Dl4jNetworks.render(grouped), pruned(InitialWeights.of(grouped, 3)));

    assertThat(reduced.removed()).containsOnlyKeys("fc1");
    assertThat(reduced.kept()).containsOnlyKeys("conv1", "conv2");
  }

  @Test
  void aResidualGraphIsLeftAsItIs() {
    ImportedNetwork imported =
        Dl4jNetworks.read(
            new ByteArrayInputStream(ResidualGraphs.zipOf(ResidualGraphs.trained())), "zip", DIGIT);
    NetworkParameters parameters = pruned(imported.parameters());

    ReducedNetwork reduced = DeadNeurons.remove(imported.definition().topology(), parameters);

    assertThat(reduced.removed()).isEmpty();
    assertThat(reduced.kept()).containsKeys("stem", "z-conv1", "z-conv2", "a-shortcut");
    assertThat(Dl4jNetworks.resized(imported.definition(), reduced.topology()))
        .isSameAs(imported.definition());
    assertThat(reduced.parameters().weights()).isEqualTo(parameters.weights());
  }
}
