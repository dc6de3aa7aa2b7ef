package io.secateur.train.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A layer of a configuration, under the name of its node in the topology.
 *
 * @param before what DL4J does to the layer's input first, if anything
 */
record NamedLayer(String node, NeuralNetConfiguration conf, Optional<InputPreProcessor> before) {
  Layer layer() {
    return conf.getLayer();
  }
}
