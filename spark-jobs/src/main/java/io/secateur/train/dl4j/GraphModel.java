package io.secateur.train.dl4j;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A ComputationGraph with one input and one output. */
final class GraphModel extends Dl4jModel {
  private final ComputationGraph network;
  private final Map<String, String> names;

  /**
   * @param names the names of nodes by those of vertices
   */
  GraphModel(ComputationGraphConfiguration configuration, Map<String, String> names) {
    this(initialised(configuration), names);
  }

  /** A network whose parameters are this very array. */
  GraphModel(
      ComputationGraphConfiguration configuration, Map<String, String> names, INDArray parameters) {
    this(over(configuration, parameters), names);
  }

  private GraphModel(ComputationGraph network, Map<String, String> names) {
    super(network, layers(network, names));
    this.network = network;
    this.names = names;
  }

  private static ComputationGraph initialised(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static ComputationGraph over(
      ComputationGraphConfiguration configuration, INDArray parameters) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init(parameters, false);
    return network;
  }

  private static Map<String, Layer> layers(ComputationGraph network, Map<String, String> names) {
    Map<String, Layer> layers = new HashMap<>();
    for (GraphVertex vertex : network.getVertices()) {
      if (vertex.hasLayer()) {
        layers.put(names.get(vertex.getVertexName()), vertex.getLayer());
      }
    }
    return layers;
  }

  @Override
  void initGradients() {
    network.initGradientsView();
  }

  @Override
  boolean hasLoss() {
    String output = network.getConfiguration().getNetworkOutputs().get(0);
    GraphVertex vertex = network.getVertex(output);
    return vertex.hasLayer() && vertex.getLayer() instanceof IOutputLayer;
  }

  @Override
  void moveTo(int epoch, int iteration) {
    // the layers are told by every computation of gradients
    network.getConfiguration().setEpochCount(epoch);
    network.getConfiguration().setIterationCount(iteration);
  }

  @Override
  double gradient(INDArray features, INDArray labels) {
    network.setInputs(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
    network.clear();
    return network.score();
  }

  @Override
  INDArray output(INDArray features) {
    INDArray output = network.outputSingle(false, features);
    network.clear();
    return output;
  }

  @Override
  INDArray updaterState() {
    return network.getUpdater().getStateViewArray();
  }

  @Override
  Averaged average(
      JavaSparkContext spark, TrainingMaster<?, ?> master, JavaRDD<DataSet> minibatches) {
    SparkComputationGraph distributed = new SparkComputationGraph(spark, network, master);
    distributed.fit(minibatches);
    return new Averaged(new GraphModel(distributed.getNetwork(), names), distributed.getScore());
  }
}
