package io.secateur.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One figure of a bench.
 *
 * @param name stable, as in {@code train.lenet-5.epoch-seconds.workers-2}
 * @param value ours: the median of the samples
 * @param unit as in {@code s}
 * @param baselines what else was measured on the same work
 * @param samples in the order in which they were made
 * @param note what a reader must know to believe the figure; may be empty
 */
@JsonPropertyOrder({
  "name",
  "value",
  "unit",
  "baselines",
  "samples",
  "median",
  "min",
  "max",
  "note"
})
public record BenchRow(
    String name,
    double value,
    String unit,
    List<Baseline> baselines,
    List<Double> samples,
    double median,
    double min,
    double max,
    String note) {
  public BenchRow {
    baselines = List.copyOf(baselines);
    samples = List.copyOf(samples);
  }

  /** A row of these samples. */
  static BenchRow of(
      String name, String unit, Samples samples, List<Baseline> baselines, String note) {
    double median = samples.median();
    return new BenchRow(
        name,
        median,
        unit,
        baselines,
        samples.values(),
        median,
        samples.min(),
        samples.max(),
        note);
  }

  /** A row without baselines. */
  static BenchRow of(String name, String unit, Samples samples, String note) {
    return of(name, unit, samples, List.of(), note);
  }
}
