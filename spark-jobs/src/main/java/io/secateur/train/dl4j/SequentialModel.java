package io.secateur.train.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A MultiLayerNetwork. */
final class SequentialModel extends Dl4jModel {
  private final MultiLayerNetwork network;
  private final List<NamedLayer> names;

  SequentialModel(MultiLayerConfiguration configuration, List<NamedLayer> layers) {
    this(initialised(configuration), layers);
  }

  /** A network whose parameters are this very array. */
  SequentialModel(
      MultiLayerConfiguration configuration, List<NamedLayer> layers, INDArray parameters) {
    this(over(configuration, parameters), layers);
  }

  private SequentialModel(MultiLayerNetwork network, List<NamedLayer> names) {
    super(network, layers(network, names));
    this.network = network;
    this.names = names;
  }

  private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static MultiLayerNetwork over(
      MultiLayerConfiguration configuration, INDArray parameters) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(parameters, false);
    return network;
  }

  private static Map<String, Layer> layers(MultiLayerNetwork network, List<NamedLayer> names) {
    Map<String, Layer> layers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      layers.put(names.get(i).node(), network.getLayer(i));
    }
    return layers;
  }

  @Override
  void initGradients() {
    network.initGradientsView();
  }

  @Override
  boolean hasLoss() {
    return network.getOutputLayer() instanceof IOutputLayer;
  }

  @Override
  void moveTo(int epoch, int iteration) {
    network.setEpochCount(epoch);
    network.setIterationCount(iteration);
  }

  @Override
  double gradient(INDArray features, INDArray labels) {
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
    network.clear();
    return network.score();
  }

  @Override
  INDArray output(INDArray features) {
    INDArray output = network.output(features, false);
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
    SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
    distributed.fit(minibatches);
    return new Averaged(
        new SequentialModel(distributed.getNetwork(), names), distributed.getScore());
  }
}
