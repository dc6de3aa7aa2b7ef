package io.secateur.train.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;

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
}
