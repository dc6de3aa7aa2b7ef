package io.secateur.train.dl4j;

import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A MultiLayerNetwork or ComputationGraph in a file of DL4J's ModelSerializer, whose parameters are
 * read from the file's beginning to its end straight into arrays of the caller's: no DL4J network
 * with parameters is built.
 */
public final class NetworkZip implements AutoCloseable {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  private final String name;
  private final ZipFile zip;
  private final NetworkDefinition definition;
  private final ParameterLayout layout;
  private final List<TensorPiece> pieces;
  private final LogDeviations deviations;
  private final Optional<String> replaced;

  private NetworkZip(
      String name, ZipFile zip, Outline outline, LogDeviations deviations, String replaced) {
    this.name = name;
    this.zip = zip;
    this.definition = outline.definition;
    this.layout = outline.layout;
    this.pieces = outline.pieces;
    this.deviations = deviations;
    this.replaced = Optional.ofNullable(replaced);
  }

  private record Outline(
      NetworkDefinition definition, ParameterLayout layout, List<TensorPiece> pieces) {}

  /** Where tensors go. */
  public interface Destination {
    /** The array for a tensor's values; asked once, before the first of them is read. */
    float[] arrayOf(ParameterTensor tensor);

    /** Where its values begin in that array. */
    int offsetOf(ParameterTensor tensor);

    /** All of its values are there, and finite. */
    void arrived(ParameterTensor tensor);
  }

  /**
   * Opens a file and reads what the network is.
   *
   * @param file stays open until this is closed
   * @param name how messages call it
   * @param input the shape of an example; empty: the one that fits
   * @throws DataException when it is not such a network, is damaged or cut short, or takes other
   *     examples
   */
  public static NetworkZip open(Path file, String name, Optional<Shape> input) {
    Dl4jRuntime.prepare();
    ZipFile zip = null;
    try {
      zip = new ZipFile(file.toFile());
      NetworkZip network = open(zip, name, input);
      zip = null;
      return network;
    } catch (IOException e) {
      throw ForeignNetwork.unusable(name, e);
    } finally {
      close(zip);
    }
  }

  private static NetworkZip open(ZipFile zip, String name, Optional<Shape> input)
      throws IOException {
    if (zip.getEntry(CONFIGURATION) == null || zip.getEntry(COEFFICIENTS) == null) {
      Set<String> entries = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
      throw ForeignNetwork.unusable(name, "a zip with the entries " + entries, null);
    }
    String json = new String(ModelZip.read(zip, CONFIGURATION), StandardCharsets.UTF_8);
    try {
      Dl4jConfiguration configuration = Dl4jConfiguration.fromJson(json);
      Optional<String> refusal = configuration.refusal();
      if (refusal.isPresent()) {
        throw ForeignNetwork.unusable(name, refusal.get(), null);
      }
      Optional<String> replaced =
          ForeignOptions.replace(configuration, zip.getEntry("normalizer.bin") != null);
      LogDeviations deviations = LogDeviations.replacedIn(configuration.layers());
      return new NetworkZip(
          name, zip, outline(configuration, name, input), deviations, replaced.orElse(null));
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw ForeignNetwork.unusable(name, "a configuration that can't be used: " + reason(e), null);
    }
  }

  /** DL4J wraps what is wrong with a layer in what may be wrong. */
  private static String reason(RuntimeException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private static Outline outline(
      Dl4jConfiguration configuration, String name, Optional<Shape> input) {
    Dl4jModel model = configuration.outline();
    try {
      Shape shape =
          input
              .or(
                  () ->
                      InputShapes.find(
                          configuration.layers(), one -> takes(configuration, model, one)))
              .orElseThrow(
                  () ->
                      new DataException(
                          new Problem(
                              name + ", whose layers don't tell the shape of their examples",
                              "a first layer that does",
                              "name it: input: [channels, height, width] in the policy")));
      return outline(configuration, model, shape);
    } finally {
      model.close();
    }
  }

  private static boolean takes(Dl4jConfiguration configuration, Dl4jModel model, Shape input) {
    try {
      outline(configuration, model, input);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static Outline outline(Dl4jConfiguration configuration, Dl4jModel model, Shape input) {
    Topology topology = configuration.topology(model, input);
    ParameterLayout layout = ParameterLayout.of(topology);
    List<TensorPiece> pieces = FlatLayout.of(model, layout).pieces(layout);
    return new Outline(new NetworkDefinition(topology, configuration.toJson()), layout, pieces);
  }

  /** What the network is; its configuration is the file's, less what jobs decide. */
  public NetworkDefinition definition() {
    return definition;
  }

  /** The places of its parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** One line on what is left out of the file's configuration, if anything. */
  public Optional<String> replaced() {
    return replaced;
  }

  /** The order in which the file holds its tensors. */
  public List<TensorPiece> pieces() {
    return pieces;
  }

  /**
   * Reads all parameters. Whatever else is wrong, a wrong checksum is what is reported: nothing
   * follows from values that are damaged.
   *
   * @throws DataException when the entry is damaged, cut short or has another number of parameters,
   *     or when a parameter is NaN or infinite, naming its layer
   */
  public void read(Destination destination) {
    ZipEntry entry = zip.getEntry(COEFFICIENTS);
    try (InputStream in = zip.getInputStream(entry)) {
      Coefficients coefficients = new Coefficients(in);
      try {
        requireCount(coefficients.length());
        readPieces(coefficients, destination);
      } catch (RuntimeException e) {
        requireSound(coefficients, entry);
        throw e;
      }
      requireSound(coefficients, entry);
    } catch (IOException e) {
      throw ForeignNetwork.unusable(name, e);
    }
  }

  private void requireCount(long values) {
    long expected = layout.parameterCount();
    if (values != expected) {
      throw ForeignNetwork.unusable(
          name, values + " parameters for a network of " + expected, null);
    }
  }

  private static void requireSound(Coefficients coefficients, ZipEntry entry) throws IOException {
    if (coefficients.drain() != entry.getCrc()) {
      throw ModelZip.unsound(entry);
    }
  }

  private void readPieces(Coefficients coefficients, Destination destination) throws IOException {
    Map<ParameterTensor, Integer> left =
        layout.tensors().stream()
            .collect(Collectors.toMap(tensor -> tensor, ParameterTensor::elements));
    Set<ParameterTensor> begun = new HashSet<>();
    Map<ParameterTensor, float[]> arrays = new HashMap<>();
    for (TensorPiece piece : pieces) {
      ParameterTensor tensor = piece.tensor();
      if (begun.add(tensor)) {
        arrays.put(tensor, destination.arrayOf(tensor));
      }
      float[] values = arrays.get(tensor);
      int from = destination.offsetOf(tensor);
      coefficients.read(values, from + piece.from(), piece.length());
      if (left.merge(tensor, -piece.length(), Integer::sum) == 0) {
        requireFinite(tensor, values, from);
        deviations.becomeVariance(tensor, values, from);
        arrays.remove(tensor);
        destination.arrived(tensor);
      }
    }
  }

  private void requireFinite(ParameterTensor tensor, float[] values, int from) {
    for (int i = 0; i < tensor.elements(); i++) {
      if (!Float.isFinite(values[from + i])) {
        throw new DataException(
            new Problem(
                "%s in layer %s of %s (%s, element %d)"
                    .formatted(values[from + i], tensor.layer(), name, tensor.name(), i),
                "finite parameters",
                "train the network again, or leave it out"));
      }
    }
  }

  @Override
  public void close() {
    close(zip);
  }

  private static void close(ZipFile zip) {
    try {
      if (zip != null) {
        zip.close();
      }
    } catch (IOException e) {
      // it was only read
    }
  }
}
