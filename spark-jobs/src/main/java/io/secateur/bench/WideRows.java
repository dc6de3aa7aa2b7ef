package io.secateur.bench;

import io.secateur.bench.WideBench.Traffic;
import io.secateur.data.TrainingRows;
import io.secateur.train.engine.NativeEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The rows of {@link WideBench} for clusters of 2, 4 and 8 executors. */
final class WideRows {
  static final String PREFIX = "train.wide";

  private static final List<Integer> EXECUTORS = List.of(2, 4, 8);
  private static final int MEGABYTES = 1400;

  private final TrainingRows rows;
  private final Consumer<String> progress;

  WideRows(TrainingRows rows, Consumer<String> progress) {
    this.rows = rows;
    this.progress = progress;
  }

  /** Measures the clusters whose rows are wanted. */
  List<BenchRow> measure(BenchOptions options) {
    return EXECUTORS.stream()
        .filter(executors -> options.wants(driverBytes(executors)))
        .flatMap(this::measure)
        .toList();
  }

  private static String driverBytes(int executors) {
    return PREFIX + ".driver-bytes-per-round.executors-" + executors;
  }

  private Stream<BenchRow> measure(int executors) {
    progress.accept(PREFIX + ": 20 million parameters on " + executors + " executors");
    Path folder = temporaryFolder();
    try {
      WideBench.Figures figures =
          new WideBench(NativeEngine.ofThisProcess(), rows, folder.toUri())
              .run(executors, MEGABYTES);
      Samples dense = samples(figures.dense(), Traffic::executorsSent);
      Samples pruned = samples(figures.pruned(), Traffic::executorsSent);
      return Stream.of(
          BenchRow.of(
              driverBytes(executors),
              "bytes",
              samples(figures.dense(), Traffic::driverBytes),
              "in and out at the driver's sockets, broadcasts included"),
          BenchRow.of(
              PREFIX + ".executor-bytes-per-round.executors-" + executors,
              "bytes",
              dense,
              "sent by all executors, all weights"),
          BenchRow.of(
              PREFIX + ".executor-bytes-percent.density-8.executors-" + executors,
              "%",
              Samples.of(100 * pruned.median() / dense.median()),
              "sent by all executors at 8 % of the weights, of what they send at all of them"));
    } finally {
      delete(folder);
    }
  }

  private static Samples samples(List<Traffic> rounds, ToDoubleFunction<Traffic> bytes) {
    return new Samples(rounds.stream().mapToDouble(bytes).boxed().toList());
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("secateur-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
