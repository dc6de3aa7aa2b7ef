package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.SampleDigits;
import io.secateur.error.DataException;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.tensor.Shape;
import io.secateur.train.Predictor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ForeignNetworkTest {
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  private static MultiLayerNetwork convolutional() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(1e-3))
                .l2(1e-4)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .name("first conv")
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new BatchNormalization.Builder().build())
                .layer(
                    new SubsamplingLayer.Builder(
                            SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                        .build())
                .layer(
                    new DenseLayer.Builder()
                        .nOut(20)
                        .activation(Activation.TANH)
                        .dropOut(0.7)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  private static byte[] zipOf(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, true);
    return out.toByteArray();
  }

  private static ImportedNetwork read(byte[] zip) {
    return Dl4jNetworks.read(new ByteArrayInputStream(zip), "model.zip", IMAGE);
  }

  @Test
  void predictionsAreThoseOfTheNetworkThatWasWritten() throws IOException {
    MultiLayerNetwork network = convolutional();
    ImportedNetwork imported = read(zipOf(network));
    float[] features = new float[30 * 784];
    SampleDigits.testRows().fill(0, 30, features, new int[30]);
    INDArray expected = network.output(Nd4j.create(features, new long[] {30, 784}, 'c'));
    float[] predicted = new float[300];
    try (Predictor predictor =
        new Dl4jEngine().predictor(imported.definition(), imported.parameters())) {
      predictor.predict(features, 30, predicted);
    }
    assertThat(predicted).containsExactly(expected.dup('c').data().asFloat(), within(1e-6f));
  }

  @Test
  void whatIsKnownBecomesNodesAndTheRestIsOpaque() throws IOException {
    ImportedNetwork imported = read(zipOf(convolutional()));
    assertThat(imported.definition().topology().nodes().stream().map(Node::toString))
        .containsExactly(
            "input input [1, 28, 28]",
            "first-conv convolution [4, 26, 26]",
            "first-conv-relu relu [4, 26, 26]",
            "layer1 batch-norm [4, 26, 26]",
            "layer2 max-pool [4, 13, 13]",
            "layer3-flatten flatten [676]",
            "layer3-dropout dropout [676]",
            "layer3 dense [20]",
            "layer3-tanh opaque [20]",
            "layer4 dense [10]",
            "layer4-softmax softmax [10]");
    assertThat(imported.parameters().layout().weightCount()).isEqualTo(36 + 676 * 20 + 200);
    assertThat(imported.parameters().layout().otherCount()).isEqualTo(4 + 4 * 4 + 20 + 10);
    Node dropout = imported.definition().topology().node("layer3-dropout").orElseThrow();
    assertThat(dropout.kind()).isEqualTo(NodeKind.DROPOUT);
    assertThat(dropout.decimal("rate")).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void theJobsOptionsReplaceUpdaterAndRegularisationAndThisIsSaidInOneLine() throws IOException {
    ImportedNetwork imported = read(zipOf(convolutional()));
    assertThat(imported.replaced()).isPresent();
    assertThat(imported.replaced().get())
        .isEqualTo("of the file, the job's options replace: regularisation, updater Adam");
    assertThat(imported.definition().dl4jConfiguration())
        .contains("MCXENT")
        .contains("0.7")
        .doesNotContain("Adam")
        .doesNotContain("L2Regularization");
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    byte[] zip = zipOf(convolutional());
    for (int length :
        new int[] {0, 10, zip.length / 3, zip.length / 2, zip.length - 40, zip.length - 1}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(zip, length)))
          .as("%d of %d bytes", length, zip.length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("model.zip");
    }
  }

  @Test
  void aFlippedByteIsRefused() throws IOException {
    byte[] zip = zipOf(convolutional());
    zip[zip.length / 2] ^= 1;
    assertThatThrownBy(() -> read(zip)).isInstanceOf(DataException.class);
  }

  @Test
  void examplesOfAnotherShapeAreRefused() throws IOException {
    byte[] zip = zipOf(convolutional());
    assertThatThrownBy(
            () ->
                Dl4jNetworks.read(new ByteArrayInputStream(zip), "model.zip", Shape.of(3, 32, 32)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[3, 32, 32]");
  }
}
