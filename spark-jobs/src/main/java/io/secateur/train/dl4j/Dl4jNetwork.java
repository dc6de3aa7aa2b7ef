package io.secateur.train.dl4j;

import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.train.NetworkDefinition;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J network that takes and gives canonical arrays. Not thread-safe. */
final class Dl4jNetwork {
  private final MultiLayerNetwork network;
  private final FlatLayout layout;
  private final FloatPointer parameters;
  private final FloatPointer gradients;
  private final long[] featureShape;
  private final int outputs;
  private final Map<Integer, Batch> batches = new HashMap<>();

  Dl4jNetwork(NetworkDefinition definition) {
    Dl4jRuntime.prepare();
    Topology topology = definition.topology();
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(definition.dl4jConfiguration());
    this.network = new MultiLayerNetwork(configuration);
    network.init();
    network.initGradientsView();
    this.layout = FlatLayout.of(network, ParameterLayout.of(topology));
    this.parameters = Memory.of(network.params());
    this.gradients = Memory.of(network.getFlattenedGradients());
    this.featureShape = featureShape(configuration, topology);
    this.outputs = topology.output().outputShape().elements();
  }

  /** DL4J wants images as such when its first layer does, and flat ones otherwise. */
  private static long[] featureShape(MultiLayerConfiguration configuration, Topology topology) {
    int[] dims = topology.inputShape().toArray();
    InputPreProcessor first = configuration.getInputPreProcess(0);
    boolean image =
        first == null
            && dims.length == 3
            && Layers.inputKind(configuration.getConf(0).getLayer()) == InputType.Type.CNN;
    if (image) {
      return new long[] {dims[0], dims[1], dims[2]};
    }
    return new long[] {topology.inputShape().elements()};
  }

  /** The shape in which DL4J wants an example. */
  static long[] featureShape(NetworkDefinition definition) {
    return featureShape(
        MultiLayerConfiguration.fromJson(definition.dl4jConfiguration()), definition.topology());
  }

  MultiLayerNetwork network() {
    return network;
  }

  FlatLayout layout() {
    return layout;
  }

  int outputs() {
    return outputs;
  }

  void setParameters(float[] weights, float[] others) {
    layout.write(weights, others, parameters);
  }

  /**
   * Forward and backward for rows of examples.
   *
   * @param weightGradient receives the gradient, summed over the rows
   * @param otherGradient likewise; of statistics it receives the decrease
   * @return the loss, summed over the rows
   */
  double gradient(
      float[] features, int[] labels, int rows, float[] weightGradient, float[] otherGradient) {
    Batch batch = batchOf(rows);
    batch.fill(features);
    batch.label(labels);
    network.setInput(batch.features());
    network.setLabels(batch.labels());
    network.computeGradientAndScore();
    double lossSum = network.score() * rows;
    network.clear();
    layout.read(gradients, weightGradient, otherGradient);
    return lossSum;
  }

  /** The outputs of rows of examples, [rows][outputs]. */
  void predict(float[] features, int rows, float[] predicted) {
    Batch batch = batchOf(rows);
    batch.fill(features);
    INDArray output = network.output(batch.features(), false);
    INDArray ordered = output.dup('c');
    Memory.of(ordered).get(predicted, 0, rows * outputs);
    ordered.close();
    output.close();
    network.clear();
  }

  private Batch batchOf(int rows) {
    return batches.computeIfAbsent(rows, count -> new Batch(count, featureShape, outputs));
  }

  /** Frees the native memory that is this network's alone. */
  void close() {
    batches.values().forEach(Batch::close);
    batches.clear();
    network.close();
  }

  /** Starts the random numbers of the calling thread, as dropout takes them. */
  static void seed(long seed) {
    Nd4j.getRandom().setSeed(seed);
  }
}
