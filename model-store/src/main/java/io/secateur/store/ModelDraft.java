package io.secateur.store;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a job hands to the store: a model that has no version yet. */
public final class ModelDraft {
  private final String model;
  private final Topology topology;
  private final NetworkParameters parameters;
  private final EncodingPolicy encoding;
  private final Map<String, EncodingPolicy> layerEncodings;
  private final byte[] configuration;
  private final SortedMap<String, Long> weightsBeforePruning;

  /**
   * A draft over the caller's parameters, which are not copied.
   *
   * @param model the name to publish as
   * @param topology the network, whose layout the parameters have
   * @param parameters the values to store, bit for bit
   * @param encoding how tensors choose their encoding
   * @param configuration the source's DL4J configuration, opaque to the store; copied
   * @param weightsBeforePruning for every layer with prunable weights, their number before any
   *     pruning: at least those it has now, and exactly those when it has several weight tensors
   * @throws IllegalArgumentException when a layer is missing, unknown or out of these bounds
   */
  public ModelDraft(
      String model,
      Topology topology,
      NetworkParameters parameters,
      EncodingPolicy encoding,
      byte[] configuration,
      Map<String, Long> weightsBeforePruning) {
    this(model, topology, parameters, encoding, Map.of(), configuration, weightsBeforePruning);
  }

  private ModelDraft(
      String model,
      Topology topology,
      NetworkParameters parameters,
      EncodingPolicy encoding,
      Map<String, EncodingPolicy> layerEncodings,
      byte[] configuration,
      Map<String, Long> weightsBeforePruning) {
    this.model = Names.requireModel(model);
    this.topology = topology;
    this.parameters = parameters;
    this.encoding = encoding;
    this.layerEncodings = Map.copyOf(layerEncodings);
    this.configuration = configuration.clone();
    this.weightsBeforePruning = new TreeMap<>(weightsBeforePruning);
    requireEveryPrunableLayer();
  }

  private void requireEveryPrunableLayer() {
    SortedMap<String, List<ParameterTensor>> layers = new TreeMap<>();
    for (ParameterTensor tensor : parameters.layout().weights()) {
      layers.computeIfAbsent(tensor.layer(), layer -> new ArrayList<>()).add(tensor);
    }
    if (!layers.keySet().equals(weightsBeforePruning.keySet())) {
      throw new IllegalArgumentException(
          "weights before pruning are of layers "
              + weightsBeforePruning.keySet()
              + ", the layers with prunable weights are "
              + layers.keySet());
    }
    layers.forEach(
        (layer, tensors) -> {
          long before = weightsBeforePruning.get(layer);
          long now = tensors.stream().mapToLong(ParameterTensor::elements).sum();
          if (before < now || (before > now && tensors.size() > 1)) {
            throw new IllegalArgumentException(
                layer + " had " + before + " weights before pruning and has " + now + " now");
          }
        });
  }

  /** The name to publish as. */
  public String model() {
    return model;
  }

  /** The network. */
  public Topology topology() {
    return topology;
  }

  /** The caller's parameters. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** The same draft, in which some layers choose their encoding in another way. */
  public ModelDraft encoding(Map<String, EncodingPolicy> layers) {
    return new ModelDraft(
        model, topology, parameters, encoding, layers, configuration, weightsBeforePruning);
  }

  /** How a tensor chooses its encoding. */
  public EncodingPolicy encoding(ParameterTensor tensor) {
    return layerEncodings.getOrDefault(tensor.layer(), encoding);
  }

  /** A copy of the opaque configuration. */
  public byte[] configuration() {
    return configuration.clone();
  }

  /** The prunable weights of a tensor before any pruning; 0 when it isn't prunable. */
  public long weightsBeforePruning(ParameterTensor tensor) {
    if (!tensor.isPrunable()) {
      return 0;
    }
    boolean alone =
        parameters.layout().weights().stream()
                .filter(other -> other.layer().equals(tensor.layer()))
                .count()
            == 1;
    return alone ? weightsBeforePruning.get(tensor.layer()) : tensor.elements();
  }
}
