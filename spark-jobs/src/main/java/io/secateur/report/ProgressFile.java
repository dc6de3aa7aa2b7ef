package io.secateur.report;

import io.secateur.store.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a job's {@code progress.json}. A thread of its own writes it, so that the job never waits
 * for the store: once a second at most when something has changed, and else as a heartbeat. A store
 * that does not take it costs the job nothing but a line in the log.
 */
public final class ProgressFile implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressFile.class);
  private static final long PACE_MILLIS = 1_000;

  private final Consumer<byte[]> store;
  private final Timer timer = new Timer("secateur-progress", true);
  private final Object writing = new Object();
  private boolean ended;
  private boolean refused;
  private JobProgress progress;
  private boolean started;
  private boolean changed;
  private Instant written = Instant.EPOCH;

  /**
   * Nothing is written before {@link #start}.
   *
   * @param first where the job begins
   * @param store writes or replaces the file
   */
  public ProgressFile(JobProgress first, Consumer<byte[]> store) {
    this.progress = first;
    this.store = store;
  }

  /** Writes the file for the first time, and keeps it from now on. */
  public void start() {
    synchronized (this) {
      if (started) {
        return;
      }
      started = true;
    }
    synchronized (writing) {
      if (!ended) {
        write(Instant.now());
        timer.schedule(new Beat(), PACE_MILLIS, PACE_MILLIS);
      }
    }
  }

  /** Whether it is being kept. */
  public synchronized boolean isStarted() {
    return started;
  }

  private final class Beat extends TimerTask {
    @Override
    public void run() {
      Instant now = Instant.now();
      synchronized (writing) {
        if (!ended && isDue(now)) {
          write(now);
        }
      }
    }
  }

  private synchronized boolean isDue(Instant now) {
    return changed || Duration.between(written, now).compareTo(JobProgress.HEARTBEAT) >= 0;
  }

  private void write(Instant now) {
    try {
      store.accept(taken(now).toBytes());
      refused = false;
    } catch (RuntimeException e) {
      if (!refused) {
        LOG.warn("{} is not in the store", JobProgress.NAME, e);
      }
      refused = true;
    }
  }

  private synchronized JobProgress taken(Instant now) {
    changed = false;
    written = now;
    return progress.at(now);
  }

  private synchronized void change(UnaryOperator<JobProgress> change) {
    progress = change.apply(progress);
    changed = true;
  }

  /** Writes how the job has ended, if it was started; nothing is written after that. */
  public void ended(JobResult outcome) {
    change(last -> last.endedWith(outcome));
    synchronized (writing) {
      ended = true;
      timer.cancel();
      if (isStarted()) {
        write(Instant.now());
      }
    }
  }

  @Override
  public void jobStarted() {
    start();
  }

  @Override
  public void stageStarted(String stage, int epochs) {
    change(last -> last.with(StageProgress.beginning(stage, epochs)));
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    change(last -> last.with(StageProgress.of(epoch)));
  }

  @Override
  public void pruned(StepReport step) {
    change(last -> last.stage() == null ? last : last.with(last.stage().cut(step)));
  }

  @Override
  public void note(String line) {}

  @Override
  public void warning(String line) {}

  @Override
  public void published(ModelVersion version) {
    change(last -> last.with(version));
  }
}
