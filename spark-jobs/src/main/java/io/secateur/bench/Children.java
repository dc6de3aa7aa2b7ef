package io.secateur.bench;

import io.secateur.network.ShippedNetwork;
import io.secateur.train.NetworkDefinition;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The baselines that run in processes of their own. */
final class Children {
  private static final String SCRIPT = "pytorch_epochs.py";
  private static final String MATHS_THREADS = "OMP_NUM_THREADS";

  private Children() {}

  /**
   * DL4J's fit in a JVM with nothing set that a user of DL4J would not set.
   *
   * @param scale all examples over those that it trains on
   */
  static ChildProcess stockFit(
      String name, NetworkDefinition network, Path mnist, int examples, double scale) {
    Path configuration = temporary("dl4j-", ".json");
    try {
      Files.writeString(configuration, network.dl4jConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.secateur.cli.StockFitProcess",
            configuration.toString(),
            mnist.toString(),
            Integer.toString(examples));
    command.environment().remove(MATHS_THREADS);
    return ChildProcess.start(name, scale, command);
  }

  /** PyTorch in Python. */
  static ChildProcess pytorch(String name, ShippedNetwork network, int threads, Path mnist) {
    return pytorch(name, network, threads, mnist, List.of());
  }

  /**
   * PyTorch in Python, with masks.
   *
   * @param densities of the layers, 0 to 1; none: without masks
   */
  static ChildProcess pytorch(
      String name, ShippedNetwork network, int threads, Path mnist, List<Double> densities) {
    Path script = temporary("secateur-", ".py");
    try (InputStream in = Children.class.getResourceAsStream(SCRIPT)) {
      Files.write(script, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                "python3",
                script.toString(),
                network.wireName(),
                Integer.toString(threads),
                mnist.resolve("train-images-idx3-ubyte").toString(),
                mnist.resolve("train-labels-idx1-ubyte").toString(),
                densities.stream()
                    .map(density -> Double.toString(density))
                    .collect(Collectors.joining(","))));
    command.environment().remove(MATHS_THREADS);
    return ChildProcess.start(name, 1, command);
  }

  private static Path temporary(String prefix, String suffix) {
    try {
      File file = Files.createTempFile(prefix, suffix).toFile();
      file.deleteOnExit();
      return file.toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
