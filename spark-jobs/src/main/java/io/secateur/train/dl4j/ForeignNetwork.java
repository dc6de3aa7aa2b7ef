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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A MultiLayerNetwork or ComputationGraph from a file of DL4J's ModelSerializer. The entries are
 * read here rather than by ModelSerializer, which accepts files that are cut short.
 */
final class ForeignNetwork {
  private final String name;
  private final Dl4jConfiguration configuration;
  private final Dl4jModel network;
  private final LogDeviations deviations;
  private final Optional<String> replaced;

  private ForeignNetwork(
      String name,
      Dl4jConfiguration configuration,
      Dl4jModel network,
      LogDeviations deviations,
      Optional<String> replaced) {
    this.name = name;
    this.configuration = configuration;
    this.network = network;
    this.deviations = deviations;
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
      Dl4jConfiguration configuration =
          Dl4jConfiguration.fromJson(new String(json, StandardCharsets.UTF_8));
      Optional<String> refusal = configuration.refusal();
      if (refusal.isPresent()) {
        throw unusable(name, refusal.get(), null);
      }
      Optional<String> replaced =
          ForeignOptions.replace(configuration, entries.containsKey("normalizer.bin"));
      LogDeviations deviations = LogDeviations.replacedIn(configuration.layers());
      INDArray values =
          Nd4j.read(new DataInputStream(new ByteArrayInputStream(coefficients)))
              .castTo(DataType.FLOAT);
      Dl4jModel network = configuration.init();
      INDArray parameters = network.parameters();
      if (values.length() != parameters.length()) {
        throw unusable(
            name, values.length() + " parameters for a network of " + parameters.length(), null);
      }
      parameters.assign(values.reshape(parameters.shape()));
      return new ForeignNetwork(name, configuration, network, deviations, replaced);
    } catch (RuntimeException e) {
      throw e instanceof DataException known ? known : unusable(name, "contents unreadable", e);
    }
  }

  /** The network for examples of that shape. */
  ImportedNetwork imported(Shape input) {
    if (!network.hasLoss()) {
      throw unusable(name, "a last layer without a loss", null);
    }
    Topology topology;
    NetworkParameters parameters;
    try {
      topology = configuration.topology(network, input);
      parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
      FlatLayout.of(network, parameters.layout())
          .read(Memory.of(network.parameters()), parameters.weights(), parameters.others());
    } catch (RuntimeException e) {
      throw new DataException(
          new Problem(
              name + ", which can't be used for examples of " + input + ": " + e.getMessage(),
              "a network for the data of the job, images as [channels, height, width], of layers"
                  + " that are supported",
              "check data and from-file in the job file"),
          e);
    }
    deviations.becomeVariances(parameters);
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
            "the whole zip of a MultiLayerNetwork, or of a ComputationGraph with one input and one"
                + " output, as DL4J's ModelSerializer writes it",
            "write the model again, or name another file"),
        cause);
  }

  static DataException unusable(String name, IOException cause) {
    return unusable(name, "a file that is damaged, cut short or no zip", cause);
  }
}
