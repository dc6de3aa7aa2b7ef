package io.secateur.train.dl4j;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A MultiLayerNetwork from a file of DL4J's ModelSerializer. The entries are read here rather than
 * by ModelSerializer, which accepts files that are cut short.
 */
final class ForeignNetwork {
  private final String name;
  private final MultiLayerConfiguration configuration;
  private final MultiLayerNetwork network;
  private final Optional<String> replaced;

  private ForeignNetwork(
      String name,
      MultiLayerConfiguration configuration,
      MultiLayerNetwork network,
      Optional<String> replaced) {
    this.name = name;
    this.configuration = configuration;
    this.network = network;
    this.replaced = replaced;
  }

  static ForeignNetwork read(InputStream zip, String name) {
    Map<String, byte[]> entries = ModelZip.read(zip, name);
    byte[] json = entries.get("configuration.json");
    byte[] coefficients = entries.get("coefficients.bin");
    if (json == null || coefficients == null) {
      throw unusable(name, "a zip with the entries " + entries.keySet(), null);
    }
    try {
      String text = new String(json, StandardCharsets.UTF_8);
      if (text.contains("\"networkInputs\"")) {
        throw unusable(name, "a ComputationGraph", null);
      }
      MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(text);
      Optional<String> replaced =
          ForeignOptions.replace(configuration, entries.containsKey("normalizer.bin"));
      INDArray values =
          Nd4j.read(new DataInputStream(new ByteArrayInputStream(coefficients)))
              .castTo(DataType.FLOAT);
      MultiLayerNetwork network = new MultiLayerNetwork(configuration);
      network.init();
      if (values.length() != network.numParams()) {
        throw unusable(
            name, values.length() + " parameters for a network of " + network.numParams(), null);
      }
      network.setParams(values);
      return new ForeignNetwork(name, configuration, network, replaced);
    } catch (RuntimeException e) {
      throw e instanceof DataException known ? known : unusable(name, "contents unreadable", e);
    }
  }

  /** The network for examples of that shape. */
  ImportedNetwork imported(Shape input) {
    if (!(network.getOutputLayer() instanceof IOutputLayer)) {
      throw unusable(name, "a last layer without a loss", null);
    }
    Topology topology;
    try {
      topology = TopologyReader.read(configuration, network, input);
    } catch (RuntimeException e) {
      throw new DataException(
          new Problem(
              name + ", which does not take examples of " + input + ": " + e.getMessage(),
              "a network for the data of the job, images as [channels, height, width]",
              "check data and from-file in the job file"),
          e);
    }
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    FlatLayout.of(network, parameters.layout())
        .read(Memory.of(network.params()), parameters.weights(), parameters.others());
    parameters.requireFinite();
    return new ImportedNetwork(
        new NetworkDefinition(topology, configuration.toJson()), parameters, replaced);
  }

  static DataException unusable(String name, String found, Exception cause) {
    String detail =
        cause == null || cause.getMessage() == null
            ? found
            : found + " (" + cause.getMessage().lines().findFirst().orElse("") + ")";
    return new DataException(
        new Problem(
            name + ": " + detail,
            "the whole zip of a MultiLayerNetwork, as DL4J's ModelSerializer writes it",
            "write the model again, or name another file"),
        cause);
  }

  static DataException unusable(String name, IOException cause) {
    return unusable(name, "a file that is damaged, cut short or no zip", cause);
  }
}
