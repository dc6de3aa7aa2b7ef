package io.secateur.cli;

import io.secateur.config.JobOptions;
import io.secateur.job.JobEnvironment;
import io.secateur.job.JobHistory;
import io.secateur.report.DriverProcess;
import io.secateur.report.JobListener;
import io.secateur.report.JobProgress;
import io.secateur.report.ListenerPair;
import io.secateur.report.ProgressFile;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultBuilder;
import io.secateur.store.ModelStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What a command needs to run its job. */
final class JobContext {
  private final JobStart start;
  private final String command;
  private final JobFlags flags;
  private final JobListener listener;
  private final ResultBuilder result;
  private final PublishGate gate;
  private volatile ModelStore store;
  private volatile ProgressFile progress;

  JobContext(
      JobStart start,
      String command,
      JobFlags flags,
      JobListener listener,
      ResultBuilder result,
      PublishGate gate) {
    this.start = start;
    this.command = command;
    this.flags = flags;
    this.listener = listener;
    this.result = result;
    this.gate = gate;
  }

  /** The job's out folder. */
  Path out() {
    return start.out();
  }

  JobListener listener() {
    return listener;
  }

  ResultBuilder result() {
    return result;
  }

  /** Opens the store and names it in the result. */
  ModelStore open(URI root) {
    result.store(root);
    store = flags.store().open(root);
    return store;
  }

  /** The store, once it was opened. */
  Optional<ModelStore> store() {
    return Optional.ofNullable(store);
  }

  /** The job's progress.json, once it is kept. */
  Optional<ProgressFile> progress() {
    return Optional.ofNullable(progress);
  }

  /** Whether what this run tells is of the job; false while it may be resumed by mistake. */
  boolean isOfTheJob() {
    return progress == null || progress.isStarted();
  }

  /** The surroundings of a job that only reads this store. */
  JobEnvironment environment(ModelStore opened) {
    return environment(opened, listener, JobHistory.first(0));
  }

  private JobEnvironment environment(ModelStore opened, JobListener told, JobHistory history) {
    return new JobEnvironment(start.jobId(), flags.master(), opened, told, result, gate, history);
  }

  /**
   * The surroundings of a job that publishes as its options say. That it can is checked now, not
   * after the training.
   */
  JobEnvironment environment(JobOptions options) {
    result.seed(options.seed()).partitions(options.partitions()).model(options.publishAs());
    ModelStore opened = open(options.store());
    opened.requireWritable(options.publishAs());
    return begun(opened, options.publishAs(), opened.versions(options.publishAs()).size());
  }

  /** The surroundings of a job that publishes many models; that it can is checked now. */
  JobEnvironment environment(JobSubject catalog) {
    ModelStore opened = open(catalog.store());
    opened.requireWritable();
    return begun(opened, catalog.name(), 0);
  }

  private JobEnvironment begun(ModelStore opened, String model, int versionsBefore) {
    JobProgress first = progress(model, versionsBefore);
    String jobId = start.jobId();
    CancelWatch.start(opened.jobs(), jobId);
    progress =
        new ProgressFile(first, bytes -> opened.jobs().write(jobId, JobProgress.NAME, bytes));
    if (!first.resumed()) {
      // a job that is resumed has one already, which stands until the job is known to be the same
      progress.start();
    }
    return environment(
        opened,
        new ListenerPair(listener, progress),
        first.resumed()
            ? JobHistory.resumed(first.versionsBefore())
            : JobHistory.first(first.versionsBefore()));
  }

  private JobProgress progress(String model, int versionsBefore) {
    DriverProcess driver = DriverProcess.current(flags.commandLine());
    return start
        .earlier()
        .map(earlier -> earlier.resumedBy(driver, start.out()))
        .orElseGet(
            () ->
                JobProgress.beginning(
                    command, start.jobId(), model, versionsBefore, start.out(), driver));
  }
}
