package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A small network's result with every part filled: 8 and 4 weights, of which 3 and 3 are left. */
final class SampleResult {
  private SampleResult() {}

  static ResultBuilder builder() {
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
        .energy(
            new EnergyReport(5.25, 0.5, EnergyTable.Memory.DRAM, EnergyTable.Memory.SRAM, 1 << 20))
        .layers(
            List.of(
                new LayerReport(
                    "fc1",
                    "dense",
                    8,
                    3,
                    0.375,
                    0.03125,
                    16L,
                    50.0,
                    37.5,
                    "relative-index/5",
                    30L,
                    "sparse",
                    "cheaper",
                    1,
                    new LayerReport.Energy(5.25, 0.5),
                    new WeightHistograms(
                        new WeightHistogram(-0.5, 1, List.of(3L, 5L)),
                        null,
                        new WeightHistogram(-0.25, 1, List.of(1L, 2L)))),
                LayerReport.stored("fc2", "dense", 4, 3, null, 8L, "dense", 20)))
        .engine("dl4j", null)
        .step(new JobResult.Step(1, 0.5, 2.0, 1.75, 2, 3.5))
        .took(Phase.TRAIN, Duration.ofMillis(1500))
        .took(Phase.TRAIN, Duration.ofMillis(250))
        .hashes("sha256:" + "0".repeat(64), "sha256:" + "f".repeat(64))
        .sweep(
            new SweepReport(
                1,
                0,
                100,
                2,
                null,
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
                null))
        .tradeoff(
            new TradeoffReport(
                100,
                8,
                0,
                0.5,
                List.of(
                    new TradeoffReport.Curve(
                        "l2", List.of(new TradeoffReport.Point(0, 8, 2, 2))))));
  }
}
