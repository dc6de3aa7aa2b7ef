package io.secateur.train.dl4j;

import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J network that takes and gives canonical arrays. Not thread-safe. */
final class Dl4jNetwork {
  private final Dl4jModel model;
  private final List<NamedLayer> layers;
  private final FlatLayout layout;
  private final FloatPointer parameters;
  private final FloatPointer gradients;
  private final long[] featureShape;
  private final int outputs;
  private final Map<Integer, Batch> batches = new HashMap<>();

  Dl4jNetwork(NetworkDefinition definition) {
    Dl4jRuntime.prepare();
    Topology topology = definition.topology();
    Dl4jConfiguration configuration = Dl4jConfiguration.fromJson(definition.dl4jConfiguration());
    this.model = configuration.init();
    this.layers = configuration.layers();
    model.initGradients();
    this.layout = FlatLayout.of(model, ParameterLayout.of(topology));
    this.parameters = Memory.of(model.parameters());
    this.gradients = Memory.of(model.gradients());
    this.featureShape = featureShape(layers, topology.inputShape());
    this.outputs = topology.output().outputShape().elements();
  }

  /** The shape in which DL4J wants an example. */
  static long[] featureShape(NetworkDefinition definition) {
    return featureShape(
        Dl4jConfiguration.fromJson(definition.dl4jConfiguration()).layers(),
        definition.topology().inputShape());
  }

  private static long[] featureShape(List<NamedLayer> layers, Shape input) {
    return InputForm.of(layers, input).features(input);
  }

  Dl4jModel model() {
    return model;
  }

  /** The layers; a dropout that is set here is the network's from then on. */
  List<NamedLayer> layers() {
    return layers;
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
    double lossSum = model.gradient(batch.features(), batch.labels()) * rows;
    layout.read(gradients, weightGradient, otherGradient);
    return lossSum;
  }

  /** The outputs of rows of examples, [rows][outputs]. */
  void predict(float[] features, int rows, float[] predicted) {
    Batch batch = batchOf(rows);
    batch.fill(features);
    INDArray output = model.output(batch.features());
    INDArray ordered = output.dup('c');
    Memory.of(ordered).get(predicted, 0, rows * outputs);
    ordered.close();
    output.close();
  }

  private Batch batchOf(int rows) {
    return batches.computeIfAbsent(rows, count -> new Batch(count, featureShape, outputs));
  }

  /** Frees the native memory that is this network's alone. */
  void close() {
    batches.values().forEach(Batch::close);
    batches.clear();
    model.close();
  }

  /** Starts the random numbers of the calling thread, as dropout takes them. */
  static void seed(long seed) {
    Nd4j.getRandom().setSeed(seed);
  }
}
