package io.secateur.train.dl4j;

import io.secateur.data.SampleDigits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Zips of DL4J's ModelSerializer with random weights, as a user of DL4J would write them. */
public final class SampleZips {
  private SampleZips() {}

  private static OutputLayer softmax(int outputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name("out")
        .nOut(outputs)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static DenseLayer dense(String name, int outputs) {
    return new DenseLayer.Builder().name(name).nOut(outputs).activation(Activation.RELU).build();
  }

  private static ConvolutionLayer convolution(String name, int outputs) {
    return new ConvolutionLayer.Builder(3, 3)
        .name(name)
        .nOut(outputs)
        .activation(Activation.RELU)
        .build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build();
  }

  /** A MultiLayerNetwork of dense layers fc1, fc2 … and out. */
  public static Path rows(Path file, long seed, int inputs, List<Integer> hidden, int outputs) {
    return write(file, new MultiLayerNetwork(rows(seed, inputs, hidden, outputs)));
  }

  static MultiLayerConfiguration rows(long seed, int inputs, List<Integer> hidden, int outputs) {
    ListBuilder layers = new NeuralNetConfiguration.Builder().seed(seed).list();
    for (int i = 0; i < hidden.size(); i++) {
      layers.layer(dense("fc" + (i + 1), hidden.get(i)));
    }
    return layers.layer(softmax(outputs)).setInputType(InputType.feedForward(inputs)).build();
  }

  /** A MultiLayerNetwork with one hidden layer that knows the sample's digits. */
  public static Path trainedOnDigits(Path file, long seed, int hidden) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(1e-2))
                .list()
                .layer(dense("fc1", hidden))
                .layer(softmax(10))
                .setInputType(InputType.feedForward(784))
                .build());
    network.init();
    int rows = 400;
    float[] features = new float[rows * 784];
    int[] labels = new int[rows];
    SampleDigits.trainRows().fill(0, rows, features, labels);
    INDArray wanted = Nd4j.zeros(rows, 10);
    for (int i = 0; i < rows; i++) {
      wanted.putScalar(i, labels[i], 1);
    }
    DataSet all = new DataSet(Nd4j.create(features, new long[] {rows, 784}, 'c'), wanted);
    for (int epoch = 0; epoch < 30; epoch++) {
      network.fit(all);
    }
    return save(file, network);
  }

  /** A MultiLayerNetwork of two convolutions, each with a pool behind it, fc1 and out. */
  public static Path images(
      Path file, long seed, int side, int channels, int filters, int hidden, int outputs) {
    return write(
        file, new MultiLayerNetwork(images(seed, side, channels, filters, hidden, outputs)));
  }

  static MultiLayerConfiguration images(
      long seed, int side, int channels, int filters, int hidden, int outputs) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .list()
        .layer(convolution("conv1", filters))
        .layer(pool())
        .layer(convolution("conv2", 2 * filters))
        .layer(new BatchNormalization.Builder().name("norm").build())
        .layer(pool())
        .layer(dense("fc1", hidden))
        .layer(softmax(outputs))
        .setInputType(InputType.convolutional(side, side, channels))
        .build();
  }

  /** A ComputationGraph in which z-wide and a-narrow run beside each other and are added. */
  public static Path branches(Path file, long seed, int inputs, int width, int outputs) {
    return write(file, new ComputationGraph(branches(seed, inputs, width, outputs)));
  }

  static ComputationGraphConfiguration branches(long seed, int inputs, int width, int outputs) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .graphBuilder()
        .addInputs("row")
        .setInputTypes(InputType.feedForward(inputs))
        .addLayer("z-first", dense("z-first", width), "row")
        .addLayer("z-second", dense("z-second", width), "z-first")
        .addLayer("a-beside", dense("a-beside", width), "z-first")
        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "z-second", "a-beside")
        .addLayer("out", softmax(outputs), "sum")
        .setOutputs("out")
        .build();
  }

  private static Path write(Path file, MultiLayerNetwork network) {
    network.init();
    return save(file, network);
  }

  private static Path save(Path file, MultiLayerNetwork network) {
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelSerializer.writeModel(network, out, false);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      network.close();
    }
  }

  private static Path write(Path file, ComputationGraph network) {
    network.init();
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelSerializer.writeModel(network, out, false);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      network.close();
    }
  }

  /** Writes a zip again with a value in the middle of its parameters replaced. */
  public static Path withValue(Path from, Path to, float value) {
    try {
      MultiLayerNetwork network = MultiLayerNetwork.load(from.toFile(), false);
      INDArray parameters = network.params();
      parameters.putScalar(parameters.length() / 2, value);
      Nd4j.getExecutioner().commit();
      try (OutputStream out = Files.newOutputStream(to)) {
        ModelSerializer.writeModel(network, out, false);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a zip again with stored entries, and overwrites a value with bits that are a NaN. */
  public static Path damaged(Path from, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        OutputStream out = Files.newOutputStream(to);
        ZipOutputStream written = new ZipOutputStream(out)) {
      for (ZipEntry entry : zip.stream().toList()) {
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        written.putNextEntry(stored);
        zip.getInputStream(entry).transferTo(written);
        written.closeEntry();
      }
    }
    byte[] bytes = Files.readAllBytes(to);
    byte[] name = "coefficients.bin".getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (!Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
      at++;
    }
    // behind the name and the header, whose floats begin before its 400th byte
    int value = at + name.length + 400;
    for (int i = 0; i < 8; i++) {
      bytes[value + i] = (byte) 0xff;
    }
    return Files.write(to, bytes);
  }

  /** Writes a zip again with a layer of a class that nobody has. */
  public static Path withUnknownLayer(Path from, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        OutputStream out = Files.newOutputStream(to);
        ZipOutputStream written = new ZipOutputStream(out)) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("configuration.json")) {
          content =
              new String(content, StandardCharsets.UTF_8)
                  .replaceFirst("layers\\.DenseLayer", "layers.MadeUpLayer")
                  .getBytes(StandardCharsets.UTF_8);
        }
        written.putNextEntry(new ZipEntry(entry.getName()));
        written.write(content);
        written.closeEntry();
      }
    }
    return to;
  }

  /** Writes a zip again that has nothing but a configuration. */
  public static Path withoutCoefficients(Path from, Path to) throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        OutputStream out = Files.newOutputStream(to);
        ZipOutputStream written = new ZipOutputStream(out)) {
      ZipEntry entry = zip.getEntry("configuration.json");
      written.putNextEntry(new ZipEntry(entry.getName()));
      zip.getInputStream(entry).transferTo(written);
      written.closeEntry();
    }
    return to;
  }
}
