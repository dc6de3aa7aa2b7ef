package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * A layer of a configuration, under the name of its node in the topology.
 *
 * @param before what DL4J does to the layer's input first, if anything
 */
record NamedLayer(String node, NeuralNetConfiguration conf, Optional<InputPreProcessor> before) {
  Layer layer() {
    return conf.getLayer();
  }

  /** Whether DL4J does not train it, which is not said by its gradients. */
  boolean isFrozen() {
    return layer() instanceof FrozenLayer || layer() instanceof FrozenLayerWithBackprop;
  }

  /**
   * Gives the layer the sizes that its node has there, and what it reads. A layer that does one
   * group of a convolution has no node of its own, and keeps its size.
   */
  void resize(Topology topology) {
    topology.node(node).ifPresent(own -> resize(topology, own));
  }

  private void resize(Topology topology, Node own) {
    Shape read = topology.node(own.inputs().get(0)).orElseThrow().outputShape();
    if (own.kind() == NodeKind.DENSE || own.kind() == NodeKind.CONVOLUTION) {
      FeedForwardLayer layer = (FeedForwardLayer) layer();
      layer.setNIn(read.dim(0));
      layer.setNOut(own.outputShape().dim(0));
    }
    if (before.orElse(null) instanceof CnnToFeedForwardPreProcessor flattening
        && read.rank() == 1) {
      long pixels = flattening.getInputHeight() * flattening.getInputWidth();
      flattening.setNumChannels(read.dim(0) / pixels);
    }
  }
}
