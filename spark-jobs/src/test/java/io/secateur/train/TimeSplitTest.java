package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeSplitTest {
  /** Two workers of 60 and 80 in a round of 100. */
  @Test
  void workersSideBySide() {
    WorkerTimes workers = WorkerTimes.of(60).beside(WorkerTimes.of(80));
    TimeSplit split = TimeSplit.of(640, workers, 100, 2);
    // 140 of 200 are compute; the first idles 20 of 200; both wait 20 for the wire
    assertThat(split).isEqualTo(new TimeSplit(640, 70, 10, 20));
    assertThat(split.computeShare()).isEqualTo(0.70, within(1e-12));
    assertThat(split.waitShare()).isEqualTo(0.10, within(1e-12));
    assertThat(split.wireShare()).isEqualTo(0.20, within(1e-12));
  }

  /** The same two, one after the other: nobody waits. */
  @Test
  void workersOnOneCore() {
    WorkerTimes workers = WorkerTimes.of(60).beside(WorkerTimes.of(80));
    assertThat(TimeSplit.of(640, workers, 160, 1)).isEqualTo(new TimeSplit(640, 140, 0, 20));
  }

  @Test
  void roundsAddUp() {
    RoundOutcome first = new RoundOutcome(100, 1.5, WorkerTimes.of(400_000_000)).in(500_000_000, 1);
    RoundOutcome second =
        new RoundOutcome(100, 0.5, WorkerTimes.of(300_000_000)).in(500_000_000, 1);
    RoundOutcome both = first.plus(second);
    assertThat(both.meanLoss()).isEqualTo(0.01, within(1e-12));
    assertThat(both.time()).isEqualTo(new TimeSplit(200, 700_000_000, 0, 300_000_000));
    assertThat(both.time().examplesPerSecond()).isEqualTo(200, within(1e-9));
  }

  @Test
  void withoutMeasurementsNothingIsSplit() {
    assertThat(TimeSplit.NONE.isSplit()).isFalse();
    assertThat(TimeSplit.NONE.examplesPerSecond()).isZero();
    assertThat(new RoundOutcome(10, 1).in(100, 2).time().isSplit()).isFalse();
    // an earlier run's part of an epoch does not count for the speed of this one
    assertThat(new RoundOutcome(10, 1).plus(new RoundOutcome(10, 1).in(100, 2)).time().examples())
        .isEqualTo(10);
  }
}
