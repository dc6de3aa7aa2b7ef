package io.secateur.train;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.network.Topology;
import java.io.Serializable;

/**
 * A network without its parameters: what it is, and how DL4J configures it. Holds two texts, so
 * that Java and Kryo serialise it alike.
 */
public final class NetworkDefinition implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String topologyJson;
  private final String dl4jConfiguration;
  private transient volatile Topology topology;

  /**
   * @param dl4jConfiguration the JSON of a MultiLayerConfiguration or ComputationGraphConfiguration
   */
  public NetworkDefinition(Topology topology, String dl4jConfiguration) {
    this.topology = requireNonNull(topology, "topology");
    this.topologyJson = topology.toJson().toString();
    this.dl4jConfiguration = requireNonNull(dl4jConfiguration, "dl4jConfiguration");
  }

  public Topology topology() {
    Topology known = topology;
    if (known == null) {
      try {
        known = Topology.fromJson(JSON.readTree(topologyJson));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("this text was written from a topology", e);
      }
      topology = known;
    }
    return known;
  }

  /** The JSON of a MultiLayerConfiguration or ComputationGraphConfiguration. */
  public String dl4jConfiguration() {
    return dl4jConfiguration;
  }
}
