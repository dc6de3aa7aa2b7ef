package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A small network's result with every part filled: 8 and 4 weights, of which 3 and 3 are left. */
final class SampleResult {
  private SampleResult() {}

  static JobResult.Builder builder() {
    return JobResult.builder("prune", "20261124-093015-7f3a")
        .seed(1)
        .partitions(2)
        .master("local[2]")
        .store(URI.create("file:///tmp/store"))
        .version(new ModelVersion("small", 2))
        .dense(1.5, 15)
        .pruned(new JobResult.Pruned(1.25, 6, 9, 0.5))
        .compression(2, 1.2)
        .bytes(new JobResult.Bytes(60, 50, 24, 4, 8, 12, 2))
        .layers(
            List.of(
                LayerReport.stored("fc1", "dense", 8, 3, 0.03125, 16L, "relative-index/5", 30),
                LayerReport.stored("fc2", "dense", 4, 3, null, 8L, "dense", 20)))
        .engine("dl4j", null)
        .step(new JobResult.Step(1, 0.5, 2.0, 1.75, 2, 3.5))
        .took(JobResult.Phase.TRAIN, Duration.ofMillis(1500))
        .took(JobResult.Phase.TRAIN, Duration.ofMillis(250))
        .hashes("sha256:" + "0".repeat(64), "sha256:" + "f".repeat(64))
        .sweep(
            new SweepReport(
                1,
                0,
                100,
                2,
                0.5,
                List.of(
                    new SweepReport.Layer(
                        "fc1",
                        8,
                        0.1,
                        -0.25,
                        0.5,
                        0.125,
                        List.of(new SweepReport.Point(0, 0, 2, 2)))),
                null));
  }
}
