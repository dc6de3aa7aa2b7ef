package io.secateur.report;

import io.secateur.report.JobResult.Timings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the time of a job's phases, over all its runs. Not thread-safe. */
final class PhaseTimes {
  private final long startedNanos = System.nanoTime();
  private final Map<Phase, Duration> spent = new EnumMap<>(Phase.class);
  private Duration earlierRuns = Duration.ZERO;

  void add(Phase phase, Duration time) {
    spent.merge(phase, time, Duration::plus);
  }

  /** Adds what earlier runs took. */
  void addEarlier(Timings timings) {
    add(Phase.DATA, ofSeconds(timings.dataSeconds()));
    add(Phase.TRAIN, ofSeconds(timings.trainSeconds()));
    add(Phase.PRUNE, ofSeconds(timings.pruneSeconds()));
    add(Phase.RETRAIN, ofSeconds(timings.retrainSeconds()));
    add(Phase.PUBLISH, ofSeconds(timings.publishSeconds()));
    earlierRuns = earlierRuns.plus(ofSeconds(timings.totalSeconds()));
  }

  Duration of(Phase phase) {
    return spent.getOrDefault(phase, Duration.ZERO);
  }

  Timings timings() {
    return new Timings(
        inSeconds(of(Phase.DATA)),
        inSeconds(of(Phase.TRAIN)),
        inSeconds(of(Phase.PRUNE)),
        inSeconds(of(Phase.RETRAIN)),
        inSeconds(of(Phase.PUBLISH)),
        inSeconds(earlierRuns.plusNanos(System.nanoTime() - startedNanos)));
  }

  /** To the millisecond: more digits would only pretend. */
  private static double inSeconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
