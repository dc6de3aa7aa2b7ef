package io.secateur.job;

import io.secateur.report.Phase;
import io.secateur.report.ResultBuilder;
import java.time.Duration;

/** Adds the time of a job up lap by lap, so that a checkpoint finds it in the result. */
final class PhaseLap {
  private final ResultBuilder result;
  private long last = System.nanoTime();

  PhaseLap(ResultBuilder result) {
    this.result = result;
  }

  /** The time since the last lap was spent on this phase. */
  void add(Phase phase) {
    long now = System.nanoTime();
    result.took(phase, Duration.ofNanos(now - last));
    last = now;
  }
}
