package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.data.Seeds;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import io.secateur.train.InitialWeights;
import io.secateur.train.Predictor;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class ChainRendererTest {
  private static final int ROWS = 8;
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  /** A convolution in two groups between others. */
  private static final Topology GROUPED =
      Topology.of(
          Node.input("input", DIGIT, 1.0 / 255),
          Node.convolution("conv1", "input", DIGIT, 4, 5, 2, 0, 1),
          Node.relu("relu1", "conv1", Shape.of(4, 12, 12)),
          Node.convolution("conv2", "relu1", Shape.of(4, 12, 12), 6, 3, 1, 1, 2),
          Node.relu("relu2", "conv2", Shape.of(6, 12, 12)),
          Node.maxPool("pool2", "relu2", Shape.of(6, 12, 12), Window.square(2, 2, 0)),
          Node.flatten("flatten", "pool2", Shape.of(6, 6, 6)),
          Node.dense("fc1", "flatten", 216, 10),
          Node.softmax("softmax", "fc1", Shape.of(10)));

  private static NetworkParameters parameters() {
    NetworkParameters parameters = InitialWeights.of(GROUPED, 3);
    for (int i = 0; i < parameters.others().length; i++) {
      parameters.others()[i] = (float) (0.1 * Seeds.random(5, i).nextGaussian());
    }
    return parameters;
  }

  @Test
  void groupsOfAConvolutionAreConvolutionsOfAGraph() {
    LabelledImages digits = SampleDigits.testRows();
    float[] raw = new float[ROWS * 784];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = digits.pixels()[i] & 0xFF;
    }
    float[] features = new float[ROWS * 784];
    digits.fill(0, ROWS, features, new int[ROWS]);
    float[] expected = new float[ROWS * 10];
    SparseNetwork.of(GROUPED, parameters()).session().probabilities(raw, ROWS, expected);

    float[] predicted = new float[ROWS * 10];
    try (Predictor predictor =
        new Dl4jEngine().predictor(Dl4jNetworks.render(GROUPED), parameters())) {
      predictor.predict(features, ROWS, predicted);
    }

    assertThat(predicted).containsExactly(expected, within(1e-5f));
  }

  @Test
  void plainDl4jOpensAGraphOfGroups(@TempDir Path folder) throws Exception {
    Path zip = folder.resolve("grouped.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      Dl4jNetworks.write(Dl4jNetworks.render(GROUPED), parameters(), out);
    }
    LabelledImages digits = SampleDigits.testRows();
    float[] features = new float[784];
    digits.fill(0, 1, features, new int[1]);
    float[] raw = new float[784];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = digits.pixels()[i] & 0xFF;
    }
    float[] expected = new float[10];
    SparseNetwork.of(GROUPED, parameters()).session().probabilities(raw, 1, expected);

    ComputationGraph graph = ModelSerializer.restoreComputationGraph(zip.toFile());
    float[] predicted =
        graph
            .outputSingle(Nd4j.create(features, new long[] {1, 1, 28, 28}, 'c'))
            .dup('c')
            .data()
            .asFloat();

    assertThat(predicted).containsExactly(expected, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void everyShippedNetworkIsRendered(ShippedNetwork shipped) {
    Topology topology = shipped.topology();

    assertThat(Dl4jNetworks.render(topology).topology()).isEqualTo(topology);
  }

  @Test
  void whatDl4jHasNoLayerForIsNamed() {
    Topology sum =
        Topology.of(
            Node.input("input", Shape.of(4), 1),
            Node.relu("relu", "input", Shape.of(4)),
            Node.dense("fc", "relu", 4, 2),
            Node.softmax("softmax", "fc", Shape.of(2)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4jNetworks.render(sum))
        .withMessageContaining("relu");
  }
}
