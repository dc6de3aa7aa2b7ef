package io.secateur.bench;

import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.train.NetworkDefinition;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The baselines that run in processes of their own. */
final class Children {
  private static final String PYTORCH = "pytorch_epochs.py";
  private static final String ONNXRUNTIME = "onnxruntime_calls.py";
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
    return python(
        name,
        PYTORCH,
        network.wireName(),
        Integer.toString(threads),
        mnist.resolve("train-images-idx3-ubyte").toString(),
        mnist.resolve("train-labels-idx1-ubyte").toString(),
        densities.stream()
            .map(density -> Double.toString(density))
            .collect(Collectors.joining(",")));
  }

  /** onnxruntime in Python, with all weights and one thread. */
  static ChildProcess onnxruntime(
      String name, Topology topology, NetworkParameters parameters, Examples examples) {
    Path graph = temporary("onnx-", ".json");
    Path values = temporary("onnx-", ".values");
    Path rows = temporary("onnx-", ".examples");
    try {
      Files.writeString(graph, topology.toJson().toString());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(values))) {
        for (ParameterTensor tensor : parameters.layout().tensors()) {
          write(out, parameters.arenaOf(tensor), tensor.offset(), tensor.end());
        }
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rows))) {
        write(out, examples.raw(), 0, examples.raw().length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return python(
        name,
        ONNXRUNTIME,
        graph.toString(),
        values.toString(),
        rows.toString(),
        Integer.toString(examples.count()));
  }

  /** Little-endian. */
  private static void write(OutputStream out, float[] values, int from, int to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < to; i += bytes.capacity() / Float.BYTES) {
      int count = Math.min(to - i, bytes.capacity() / Float.BYTES);
      bytes.asFloatBuffer().put(values, i, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  private static ChildProcess python(String name, String script, String... arguments) {
    Path copy = temporary("secateur-", ".py");
    try (InputStream in = Children.class.getResourceAsStream(script)) {
      Files.write(copy, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> words = new ArrayList<>(List.of("python3", copy.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(words);
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
