package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.report.EpochReport;
import io.secateur.report.JobListener;
import io.secateur.report.StepReport;
import io.secateur.store.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees of a job who watches Spark: its pages, its metrics, the line of an epoch. */
class ObservedJobTest {
  private static final ConcurrentLinkedQueue<String> DESCRIPTIONS = new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<String> GROUPS = new ConcurrentLinkedQueue<>();

  @TempDir private Path folder;
  private final Map<String, String> properties = new HashMap<>();

  /** Made by Spark. */
  public static final class Descriptions extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart start) {
      DESCRIPTIONS.add(start.properties().getProperty("spark.job.description", "none"));
      GROUPS.add(start.properties().getProperty("spark.jobGroup.id", "none"));
    }
  }

  private record Epochs(List<EpochReport> seen) implements JobListener {
    @Override
    public void epochFinished(EpochReport epoch) {
      seen.add(epoch);
    }

    @Override
    public void stageStarted(String stage, int epochs) {}

    @Override
    public void pruned(StepReport step) {}

    @Override
    public void note(String line) {}

    @Override
    public void warning(String line) {}

    @Override
    public void published(ModelVersion version) {}
  }

  private void set(String key, String value) {
    properties.put(key, value);
    System.setProperty(key, value);
  }

  @AfterEach
  void clear() {
    properties.keySet().forEach(System::clearProperty);
  }

  @Test
  void sparkShowsSentencesAndMetrics() throws IOException {
    Path csv = Files.createDirectory(folder.resolve("csv"));
    set("spark.extraListeners", Descriptions.class.getName());
    set("spark.metrics.conf.driver.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink");
    set("spark.metrics.conf.driver.sink.csv.directory", csv.toString());
    URI store = folder.resolve("store").toUri();
    SampleJob job = SampleJob.on("watched", "local[2]", store);
    List<EpochReport> epochs = new ArrayList<>();

    new PruneJob(job.options("network: lenet-300-100"), job.environment(new Epochs(epochs))).run();

    // 300 rows a partition in batches of 32, 4 of them a round: 3 rounds an epoch; 2 epochs dense,
    // 1 between the cuts, 2 after the last
    assertThat(DESCRIPTIONS)
        .hasSize(15)
        .startsWith(
            "sample: train, epoch 1, round 1/3",
            "sample: train, epoch 1, round 2/3",
            "sample: train, epoch 1, round 3/3",
            "sample: train, epoch 2, round 1/3")
        .endsWith(
            "sample: retrain step 1/2, epoch 1, round 3/3",
            "sample: retrain step 2/2, epoch 2, round 1/3",
            "sample: retrain step 2/2, epoch 2, round 2/3",
            "sample: retrain step 2/2, epoch 2, round 3/3",
            "sample: retrain step 2/2, epoch 3, round 1/3",
            "sample: retrain step 2/2, epoch 3, round 2/3",
            "sample: retrain step 2/2, epoch 3, round 3/3");
    assertThat(GROUPS).containsOnly("watched");

    assertThat(last(csv, "rounds")).isEqualTo(15);
    assertThat(last(csv, "epoch")).isEqualTo(5);
    assertThat(last(csv, "examples-per-second")).isPositive();
    double shares =
        last(csv, "compute-percent") + last(csv, "wire-percent") + last(csv, "wait-percent");
    assertThat(shares).isBetween(99.9, 100.1);
    // 26,620 weights and 410 biases with their velocity, to and from two workers
    assertThat(last(csv, "bytes-sent-per-round")).isEqualTo(2 * 2 * 4 * (26_620 + 410));
    assertThat(last(csv, "bytes-received-per-round")).isEqualTo(2 * 2 * 4 * (26_620 + 410));
    assertThat(last(csv, "validation-error-percent"))
        .isEqualTo(epochs.get(4).validationErrorPercent());

    assertThat(epochs).hasSize(5);
    for (EpochReport epoch : epochs) {
      assertThat(epoch.examplesPerSecond()).isPositive();
      assertThat(epoch.shares())
          .hasValueSatisfying(
              split -> {
                assertThat(split.compute()).isPositive();
                assertThat(split.compute() + split.wire() + split.waiting())
                    .isBetween(0.999, 1.001);
              });
    }
  }

  /** The last value that the sink wrote of a metric. */
  private static double last(Path csv, String metric) throws IOException {
    try (Stream<Path> files = Files.list(csv)) {
      Path file =
          files
              .filter(path -> path.toString().endsWith(".driver.secateur." + metric + ".csv"))
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Double.parseDouble(lines.get(lines.size() - 1).split(",", -1)[1]);
    }
  }
}
