package io.secateur.train.dl4j;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** An initialised DL4J network of either form. Not thread-safe. */
abstract sealed class Dl4jModel permits SequentialModel, GraphModel {
  private final Model model;
  private final Map<String, Layer> layers;

  /**
   * @param layers by the name of their nodes
   */
  Dl4jModel(Model model, Map<String, Layer> layers) {
    this.model = model;
    this.layers = Map.copyOf(layers);
  }

  /** The layers by the names of their nodes. */
  final Map<String, Layer> layers() {
    return layers;
  }

  /** All parameters in DL4J's order. */
  final INDArray parameters() {
    return model.params();
  }

  /** The gradients of all parameters in the same order, once {@link #initGradients} was called. */
  final INDArray gradients() {
    return model.getGradientsViewArray();
  }

  /** DL4J's views into the flattened parameters by canonical name. */
  final Map<String, INDArray> views() {
    Map<String, INDArray> views = new HashMap<>();
    layers.forEach(
        (node, layer) ->
            layer
                .paramTable()
                .forEach((key, view) -> views.put(LayerNames.parameter(node, key), view)));
    return views;
  }

  /** Gives the gradients their memory. */
  abstract void initGradients();

  /** Whether the last layer has a loss. */
  abstract boolean hasLoss();

  /** Tells the layers where training is, for schedules of dropout. */
  abstract void moveTo(int epoch, int iteration);

  /**
   * Forward and backward; gradients are summed over the rows, those of statistics are their
   * decrease.
   *
   * @return the mean loss of the rows
   */
  abstract double gradient(INDArray features, INDArray labels);

  /** The network's outputs, in an array that the caller closes. */
  abstract INDArray output(INDArray features);

  /** The state of the network's own updater. */
  abstract INDArray updaterState();

  /**
   * Has DL4J's own master train the network on minibatches.
   *
   * @return the trained network, and the loss that the master reports
   */
  abstract Averaged average(
      JavaSparkContext spark, TrainingMaster<?, ?> master, JavaRDD<DataSet> minibatches);

  /**
   * @param score with regularisation
   */
  record Averaged(Dl4jModel model, double score) {}

  /** The network itself, for comparison with DL4J's own training. */
  Model model() {
    return model;
  }

  /** Frees the native memory. */
  final void close() {
    model.close();
  }
}
