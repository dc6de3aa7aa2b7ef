package io.secateur.train.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A DL4J configuration of either form: of a MultiLayerNetwork or of a ComputationGraph. */
sealed interface Dl4jConfiguration permits SequentialConfiguration, GraphConfiguration {
  /** What only the JSON of a graph has. */
  String GRAPH_KEY = "networkInputs";

  /**
   * Reads the JSON that DL4J writes for one of the two.
   *
   * @throws RuntimeException of DL4J when the text is something else
   */
  static Dl4jConfiguration fromJson(String json) {
    try {
      return new ObjectMapper().readTree(json).has(GRAPH_KEY)
          ? GraphConfiguration.fromJson(json)
          : SequentialConfiguration.fromJson(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a configuration in JSON, found something else", e);
    }
  }

  /** Why no network of this configuration can be used here, if so. */
  default Optional<String> refusal() {
    return layers().stream()
        .filter(NamedLayer::isFrozen)
        .findFirst()
        .map(layer -> "a network whose layer " + layer.node() + " is frozen");
  }

  /** The layers in DL4J's order of computing; their configurations are live. */
  List<NamedLayer> layers();

  /** Sets what is not of a layer to plain training of floats from iteration 0. */
  void trainPlainly();

  /** A network of this configuration with memory of its own and DL4J's initial parameters. */
  Dl4jModel init();

  /**
   * A network of this configuration for what it is and not for what it computes: its parameters
   * have a place, but nobody has written there, so that the place costs no memory.
   */
  Dl4jModel outline();

  /** The memory of an outline's parameters, which is not touched. */
  default INDArray untouched() {
    long parameters =
        layers().stream()
            .mapToLong(layer -> layer.layer().initializer().numParams(layer.conf()))
            .sum();
    return Nd4j.createUninitialized(DataType.FLOAT, 1, parameters);
  }

  /**
   * What the network computes, in our terms.
   *
   * @param model a network of this configuration
   * @param input the shape of an example
   * @throws RuntimeException of ours or DL4J's when the network does not take such examples or has
   *     something that is not supported
   */
  Topology topology(Dl4jModel model, Shape input);

  String toJson();
}
