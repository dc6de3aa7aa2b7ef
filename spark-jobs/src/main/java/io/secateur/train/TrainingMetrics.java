package io.secateur.train;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * How training goes, as a source of Spark's metrics system: whatever sinks {@code
 * spark.metrics.conf} or {@code metrics.properties} names get {@code
 * <application>.driver.secateur.<name>}:
 *
 * <ul>
 *   <li>{@code rounds}: rounds so far; {@code epoch}: the epoch, from 1 through the whole job
 *   <li>{@code examples-per-second} in the last round
 *   <li>{@code compute-percent}, {@code wire-percent}, {@code wait-percent} of the last round, as
 *       {@link TimeSplit} has them
 *   <li>{@code bytes-sent-per-round}, {@code bytes-received-per-round}: parameters and momentum to
 *       and from all workers together, without headers (handed over in memory on a local master)
 *   <li>{@code validation-error-percent}: the last one measured
 * </ul>
 */
public final class TrainingMetrics implements Source {
  private final MetricRegistry registry = new MetricRegistry();
  private final Counter rounds = registry.counter("rounds");
  private volatile TimeSplit last = TimeSplit.NONE;
  private volatile long bytes;
  private volatile int epoch;
  private volatile double validationErrorPercent;

  private TrainingMetrics() {
    gauge("epoch", () -> epoch);
    gauge("examples-per-second", () -> last.examplesPerSecond());
    gauge("compute-percent", () -> 100 * last.computeShare());
    gauge("wire-percent", () -> 100 * last.wireShare());
    gauge("wait-percent", () -> 100 * last.waitShare());
    gauge("bytes-sent-per-round", () -> bytes);
    gauge("bytes-received-per-round", () -> bytes);
    gauge("validation-error-percent", () -> validationErrorPercent);
  }

  /** Registers a source with the metrics system of this JVM's Spark, until its context closes. */
  public static TrainingMetrics register() {
    TrainingMetrics metrics = new TrainingMetrics();
    SparkEnv.get().metricsSystem().registerSource(metrics);
    return metrics;
  }

  private <T> void gauge(String name, Gauge<T> gauge) {
    registry.register(name, gauge);
  }

  /**
   * A round has ended.
   *
   * @param roundEpoch counted from 0 through the whole job
   * @param payloadBytes that went to the workers, and came back
   */
  public void round(int roundEpoch, TimeSplit time, long payloadBytes) {
    epoch = roundEpoch + 1;
    last = time;
    bytes = payloadBytes;
    rounds.inc();
  }

  /** A state was measured on the validation rows. */
  public void validated(Evaluation evaluation) {
    validationErrorPercent = evaluation.errorPercent();
  }

  @Override
  public String sourceName() {
    return "secateur";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
