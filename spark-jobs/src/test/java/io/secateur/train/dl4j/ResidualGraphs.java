package io.secateur.train.dl4j;

import io.secateur.data.SampleDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A small residual network as a user of DL4J would build it. Its vertices are named so that the
 * canonical order is not the order in which DL4J lays out the parameters.
 */
public final class ResidualGraphs {
  private ResidualGraphs() {}

  /** Weights: stem 72, z-conv1 576, z-conv2 576, a-shortcut 64, out 1,280. */
  public static final int WEIGHTS = 8 * 9 + 8 * 8 * 9 + 8 * 8 * 9 + 8 * 8 + 128 * 10;

  /** Biases of convolutions and output, and four values per channel of three normalisations. */
  public static final int OTHERS = 8 + 8 + 8 + 8 + 10 + 3 * 4 * 8;

  static GraphBuilder builder() {
    return builder(InputType.convolutional(28, 28, 1));
  }

  static GraphBuilder builder(InputType input) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(1e-2))
        .l2(1e-4)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.IDENTITY)
        .graphBuilder()
        .addInputs("digits")
        .setInputTypes(input);
  }

  static ConvolutionLayer convolution(int kernel, int stride) {
    return new ConvolutionLayer.Builder(kernel, kernel).stride(stride, stride).nOut(8).build();
  }

  static ActivationLayer relu() {
    return new ActivationLayer(Activation.RELU);
  }

  static OutputLayer softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(10)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Stem, one block with a shortcut that is a convolution, average pool, softmax. */
  public static ComputationGraph untrained() {
    ComputationGraph network =
        new ComputationGraph(
            builder()
                .addLayer("stem", convolution(3, 3), "digits")
                .addLayer("stem-norm", new BatchNormalization(), "stem")
                .addLayer("stem-relu", relu(), "stem-norm")
                .addLayer("z-conv1", convolution(3, 1), "stem-relu")
                .addLayer("z-norm1", new BatchNormalization(), "z-conv1")
                .addLayer("z-relu1", relu(), "z-norm1")
                .addLayer("z-conv2", convolution(3, 1), "z-relu1")
                .addLayer("z-norm2", new BatchNormalization(), "z-conv2")
                .addLayer("a-shortcut", convolution(1, 1), "stem-relu")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "z-norm2", "a-shortcut")
                .addLayer("sum-relu", relu(), "sum")
                .addLayer(
                    "pool",
                    new SubsamplingLayer.Builder(
                            SubsamplingLayer.PoolingType.AVG, new int[] {3, 3}, new int[] {3, 3})
                        .build(),
                    "sum-relu")
                .addLayer("out", softmax(), "pool")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  /**
   * Rows made images, a block whose shortcut is nothing, a halving convolution whose padding is on
   * one side, the mean of each channel.
   */
  static ComputationGraph halving() {
    ConvolutionLayer unbiased = new ConvolutionLayer.Builder(3, 3).nOut(8).hasBias(false).build();
    ComputationGraph network =
        new ComputationGraph(
            builder(InputType.convolutionalFlat(28, 28, 1))
                .addLayer("stem", convolution(4, 2), "digits")
                .addLayer("stem-relu", relu(), "stem")
                .addLayer("conv", unbiased, "stem-relu")
                .addLayer("norm", new BatchNormalization(), "conv")
                .addVertex(
                    "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem-relu", "norm")
                .addLayer("half", convolution(3, 2), "sum")
                .addLayer("half-norm", new BatchNormalization(), "half")
                .addLayer("half-relu", relu(), "half-norm")
                .addLayer(
                    "mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "half-relu")
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(12).activation(Activation.RELU).build(),
                    "mean")
                .addLayer("out", softmax(), "fc")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  /** Some steps of DL4J's own training make running means and variances that matter. */
  public static ComputationGraph trained() {
    ComputationGraph network = untrained();
    for (int step = 0; step < 5; step++) {
      network.fit(minibatch(64 * step, 64));
    }
    return network;
  }

  private static DataSet minibatch(int first, int count) {
    float[] pixels = new float[count * 784];
    int[] digits = new int[count];
    SampleDigits.trainRows().fill(first, count, pixels, digits);
    float[][] labels = new float[count][10];
    for (int row = 0; row < count; row++) {
      labels[row][digits[row]] = 1;
    }
    return new DataSet(
        Nd4j.create(pixels, new long[] {count, 1, 28, 28}, 'c'), Nd4j.create(labels));
  }

  /** The file that DL4J writes of a network. */
  public static byte[] zipOf(ComputationGraph network) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(network, out, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
