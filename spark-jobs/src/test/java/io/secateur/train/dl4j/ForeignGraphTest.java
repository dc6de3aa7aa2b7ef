package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.SampleDigits;
import io.secateur.error.DataException;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import io.secateur.train.Predictor;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ForeignGraphTest {
  private static final int ROWS = 30;

  private static ImportedNetwork read(byte[] zip) {
    return Dl4jNetworks.read(new ByteArrayInputStream(zip), "model.zip", Shape.of(1, 28, 28));
  }

  private static ImportedNetwork written(GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return read(ResidualGraphs.zipOf(network));
  }

  private static List<String> nodesOf(ImportedNetwork network) {
    return network.definition().topology().nodes().stream().map(Node::toString).toList();
  }

  private static float[] predictedFromCanonical(ImportedNetwork network) {
    float[] features = new float[ROWS * 784];
    SampleDigits.testRows().fill(0, ROWS, features, new int[ROWS]);
    float[] predicted = new float[ROWS * 10];
    try (Predictor predictor =
        new Dl4jEngine().predictor(network.definition(), network.parameters())) {
      predictor.predict(features, ROWS, predicted);
    }
    return predicted;
  }

  private static float[] predictedByDl4j(ComputationGraph network) {
    float[] features = new float[ROWS * 784];
    SampleDigits.testRows().fill(0, ROWS, features, new int[ROWS]);
    INDArray output =
        network.outputSingle(false, Nd4j.create(features, new long[] {ROWS, 1, 28, 28}, 'c'));
    return output.dup('c').data().asFloat();
  }

  @Test
  void predictionsAreThoseOfTheNetworkThatWasWritten() {
    ComputationGraph network = ResidualGraphs.trained();
    ImportedNetwork imported = read(ResidualGraphs.zipOf(network));

    assertThat(predictedFromCanonical(imported))
        .containsExactly(predictedByDl4j(network), within(2e-6f));
  }

  /** Without this the test above would not notice parameters copied in DL4J's order. */
  @Test
  void theCanonicalOrderOfParametersIsNotDl4js() {
    ImportedNetwork imported = read(ResidualGraphs.zipOf(ResidualGraphs.untrained()));
    Dl4jModel model = Dl4jConfiguration.fromJson(imported.definition().dl4jConfiguration()).init();
    Map<String, INDArray> views = model.views();
    List<String> canonical =
        imported.parameters().layout().weights().stream().map(ParameterTensor::name).toList();

    assertThat(canonical)
        .containsExactly(
            "stem.weight", "a-shortcut.weight", "z-conv1.weight", "z-conv2.weight", "out.weight")
        .isNotEqualTo(
            canonical.stream()
                .sorted(Comparator.comparing(name -> views.get(name).offset()))
                .toList());
  }

  @Test
  void layersAndSumsBecomeKnownNodes() {
    ImportedNetwork imported = read(ResidualGraphs.zipOf(ResidualGraphs.untrained()));

    assertThat(nodesOf(imported))
        .containsExactly(
            "input input [1, 28, 28]",
            "stem convolution [8, 10, 10]",
            "stem-norm batch-norm [8, 10, 10]",
            "stem-relu relu [8, 10, 10]",
            "a-shortcut convolution [8, 10, 10]",
            "z-conv1 convolution [8, 10, 10]",
            "z-norm1 batch-norm [8, 10, 10]",
            "z-relu1 relu [8, 10, 10]",
            "z-conv2 convolution [8, 10, 10]",
            "z-norm2 batch-norm [8, 10, 10]",
            "sum add [8, 10, 10]",
            "sum-relu relu [8, 10, 10]",
            "pool opaque [8, 4, 4]",
            "out-flatten flatten [128]",
            "out dense [10]",
            "out-softmax softmax [10]");
    Topology topology = imported.definition().topology();
    assertThat(topology.node("sum").orElseThrow().inputs())
        .containsExactly("z-norm2", "a-shortcut");
    assertThat(imported.parameters().weights()).hasSize(ResidualGraphs.WEIGHTS);
    assertThat(imported.parameters().others()).hasSize(ResidualGraphs.OTHERS);
    assertThat(topology.node("z-norm1").orElseThrow().parameters())
        .extracting(spec -> spec.role())
        .containsExactly(Role.BIAS, Role.BIAS, Role.STATISTIC, Role.STATISTIC);
    assertThat(Topology.fromJson(topology.toJson())).isEqualTo(topology);
  }

  @Test
  void runningDeviationsAreReadAsVariances() {
    ComputationGraph network = ResidualGraphs.untrained();
    // DL4J's log10 of the standard deviation: 10^0.5 squared is 10
    network.getLayer("stem-norm").getParam("log10stdev").assign(0.5);
    ImportedNetwork imported = read(ResidualGraphs.zipOf(network));
    ParameterTensor variance =
        imported.parameters().layout().tensor("stem-norm.variance").orElseThrow();

    for (int i = variance.offset(); i < variance.end(); i++) {
      assertThat(imported.parameters().others()[i]).isCloseTo(10f, within(1e-5f));
    }
  }

  @Test
  void modeSameIsPaddingWhereBothSidesGetAsMuch() {
    ImportedNetwork imported = read(ResidualGraphs.zipOf(ResidualGraphs.untrained()));
    Topology topology = imported.definition().topology();

    assertThat(topology.node("z-conv1").orElseThrow().window()).isEqualTo(Window.square(3, 1, 1));
    assertThat(topology.node("a-shortcut").orElseThrow().window())
        .isEqualTo(Window.square(1, 1, 0));
    // 10 windows of 3 side by side over 28 pixels: one before, one behind
    assertThat(topology.node("stem").orElseThrow().window()).isEqualTo(Window.square(3, 3, 1));
  }

  @Test
  void anOddPixelOfPaddingIsOpaqueAndItsWeightsArePrunable() {
    // 14 windows of 3 two apart over 28 pixels: none before, one behind
    ComputationGraph network =
        new ComputationGraph(
            ResidualGraphs.builder()
                .addLayer("down", ResidualGraphs.convolution(3, 2), "digits")
                .addLayer("out", ResidualGraphs.softmax(), "down")
                .setOutputs("out")
                .build());
    network.init();
    ImportedNetwork imported = read(ResidualGraphs.zipOf(network));
    Node down = imported.definition().topology().node("down").orElseThrow();

    assertThat(down.kind()).isEqualTo(NodeKind.OPAQUE);
    assertThat(down.outputShape()).isEqualTo(Shape.of(8, 14, 14));
    assertThat(down.parameters().get(0).shape()).isEqualTo(Shape.of(8, 1, 3, 3));
    assertThat(down.parameters().get(0).role()).isEqualTo(Role.WEIGHT);
    assertThat(predictedFromCanonical(imported))
        .containsExactly(predictedByDl4j(network), within(1e-6f));
  }

  @Test
  void otherVerticesAndGlobalPoolsAreOpaqueWithoutParameters() {
    ImportedNetwork imported =
        written(
            ResidualGraphs.builder()
                .addLayer("left", ResidualGraphs.convolution(3, 1), "digits")
                .addLayer("right", ResidualGraphs.convolution(1, 1), "digits")
                .addVertex("both", new MergeVertex(), "left", "right")
                .addVertex("max", new ElementWiseVertex(ElementWiseVertex.Op.Max), "left", "right")
                .addVertex("all", new MergeVertex(), "both", "max")
                .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "all")
                .addLayer("out", ResidualGraphs.softmax(), "mean")
                .setOutputs("out"));

    assertThat(nodesOf(imported))
        .containsExactly(
            "input input [1, 28, 28]",
            "left convolution [8, 28, 28]",
            "right convolution [8, 28, 28]",
            "both opaque [16, 28, 28]",
            "max opaque [8, 28, 28]",
            "all opaque [24, 28, 28]",
            "mean opaque [24]",
            "out dense [10]",
            "out-softmax softmax [10]");
    assertThat(imported.definition().topology().node("both").orElseThrow().text("type"))
        .isEqualTo("MergeVertex");
  }

  @Test
  void batchNormalisationHasNeitherActivationNorDropoutWhateverTheDefaults() {
    ImportedNetwork imported =
        written(
            ResidualGraphs.builder()
                .addLayer(
                    "norm",
                    new BatchNormalization.Builder().activation(Activation.RELU).build(),
                    "digits")
                .addLayer("conv", ResidualGraphs.convolution(3, 3), "norm")
                .addLayer("out", ResidualGraphs.softmax(), "conv")
                .setOutputs("out"));

    assertThat(nodesOf(imported))
        .startsWith(
            "input input [1, 28, 28]",
            "norm batch-norm [1, 28, 28]",
            "conv convolution [8, 10, 10]");
  }

  @Test
  void vertexNamesThatNodesCannotHaveAreReplaced() {
    ImportedNetwork imported =
        written(
            ResidualGraphs.builder()
                .addLayer("res/1 conv", ResidualGraphs.convolution(3, 3), "digits")
                .addLayer("input", new DenseLayer.Builder().nOut(5).build(), "res/1 conv")
                .addLayer("out", ResidualGraphs.softmax(), "input")
                .setOutputs("out"));

    assertThat(nodesOf(imported))
        .contains("res-1-conv convolution [8, 10, 10]", "input-2 dense [5]");
  }

  @Test
  void flatExamplesAreReadAsImages() {
    ImportedNetwork imported =
        written(
            ResidualGraphs.builder(InputType.convolutionalFlat(28, 28, 1))
                .addLayer("conv", ResidualGraphs.convolution(3, 3), "digits")
                .addLayer("out", ResidualGraphs.softmax(), "conv")
                .setOutputs("out"));

    assertThat(nodesOf(imported)).contains("conv convolution [8, 10, 10]");
    assertThat(predictedFromCanonical(imported)).doesNotContain(Float.NaN);
  }

  @Test
  void theJobsOptionsReplaceTheUpdaterAndThisIsSaidInOneLine() {
    ImportedNetwork imported = read(ResidualGraphs.zipOf(ResidualGraphs.untrained()));

    assertThat(imported.replaced())
        .contains("of the file, the job's options replace: regularisation, updater Adam");
    assertThat(imported.definition().dl4jConfiguration())
        .contains("MCXENT")
        .doesNotContain("Adam")
        .doesNotContain("L2Regularization");
  }

  @Test
  void aFileCutAnywhereOrDamagedIsRefused() {
    byte[] zip = ResidualGraphs.zipOf(ResidualGraphs.untrained());
    for (int length : new int[] {0, 10, zip.length / 2, zip.length - 40, zip.length - 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(zip, length)))
          .as("%d of %d bytes", length, zip.length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("model.zip");
    }
    zip[zip.length / 2] ^= 1;
    assertThatThrownBy(() -> read(zip)).isInstanceOf(DataException.class);
  }

  @Test
  void examplesOfAnotherShapeAreRefused() {
    byte[] zip = ResidualGraphs.zipOf(ResidualGraphs.untrained());
    assertThatThrownBy(
            () ->
                Dl4jNetworks.read(new ByteArrayInputStream(zip), "model.zip", Shape.of(3, 28, 28)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[3, 28, 28]");
  }

  @Test
  void moreThanOneOutputIsRefused() {
    assertThatThrownBy(
            () ->
                written(
                    ResidualGraphs.builder()
                        .addLayer("conv", ResidualGraphs.convolution(3, 3), "digits")
                        .addLayer("one", ResidualGraphs.softmax(), "conv")
                        .addLayer("two", ResidualGraphs.softmax(), "conv")
                        .setOutputs("one", "two")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a ComputationGraph with 1 inputs and 2 outputs");
  }

  @Test
  void anOutputWithoutALossIsRefused() {
    assertThatThrownBy(
            () ->
                written(
                    ResidualGraphs.builder()
                        .addLayer("out", new DenseLayer.Builder().nOut(10).build(), "digits")
                        .setOutputs("out")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a last layer without a loss");
  }

  @Test
  void frozenLayersAreRefused() {
    assertThatThrownBy(
            () ->
                written(
                    ResidualGraphs.builder()
                        .addLayer(
                            "conv",
                            new FrozenLayer(
                                new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(8).build()),
                            "digits")
                        .addLayer("out", ResidualGraphs.softmax(), "conv")
                        .setOutputs("out")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("layer conv is frozen");
  }

  @Test
  void convolutionsAndNormalisationsRunThroughOneDnn() {
    ImportedNetwork imported = read(ResidualGraphs.zipOf(ResidualGraphs.untrained()));
    Dl4jRuntime.prepareThread();
    Dl4jModel model = Dl4jConfiguration.fromJson(imported.definition().dl4jConfiguration()).init();

    assertThat(model.layers().get("z-conv1").getHelper()).isNotNull();
    assertThat(model.layers().get("z-norm1").getHelper()).isNotNull();
  }
}
