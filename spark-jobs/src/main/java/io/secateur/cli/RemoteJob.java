package io.secateur.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.secateur.config.RecordedJob;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.report.Figures;
import io.secateur.report.JobProgress;
import io.secateur.report.ResultFile;
import io.secateur.report.StageProgress;
import io.secateur.store.JobFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A job whose driver runs elsewhere, as its folder in the store tells it. */
final class RemoteJob {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> NOT_OUTCOMES =
      Set.of(JobProgress.NAME, RecordedJob.NAME, Submitted.FILE, CancelWatch.FILE);

  private final Console console;
  private final JobFolders jobs;
  private final String jobId;
  private String told = "";

  RemoteJob(Console console, JobFolders jobs, String jobId) {
    this.console = console;
    this.jobs = jobs;
    this.jobId = jobId;
  }

  /**
   * Tells how far the job is until the driver, or Spark's launcher that waits for it, has ended.
   */
  void await(Process launcher) throws InterruptedException {
    while (!launcher.waitFor(1, TimeUnit.SECONDS)) {
      Optional<JobProgress> progress =
          jobs.read(jobId, JobProgress.NAME).flatMap(JobProgress::parse);
      progress.ifPresent(this::tell);
      if (progress.isPresent()
          && progress.get().status() != JobProgress.Status.RUNNING
          && result().isPresent()) {
        // the launcher asks the cluster every ten seconds only
        launcher.waitFor(2, TimeUnit.SECONDS);
        launcher.destroy();
        return;
      }
    }
  }

  private void tell(JobProgress progress) {
    String line =
        progress.stage() == null
            ? "runs on host " + progress.driver().host()
            : line(progress.stage());
    if (!line.equals(told)) {
      told = line;
      console.say(line);
    }
  }

  private static String line(StageProgress stage) {
    StringBuilder line = new StringBuilder(stage.name());
    if (stage.steps() > 0) {
      line.append(" cut ").append(stage.step()).append('/').append(stage.steps());
    }
    line.append(" epoch ").append(stage.epoch()).append('/').append(stage.epochs());
    if (stage.validationErrorPercent() != null) {
      line.append("  validation error ").append(Figures.percent(stage.validationErrorPercent()));
    }
    if (stage.sparsity() != null) {
      line.append("  sparsity ").append(Figures.share(stage.sparsity()));
    }
    if (stage.secondsLeft() != null) {
      line.append("  ")
          .append(Figures.time(Duration.ofSeconds(stage.secondsLeft())))
          .append(" left");
    }
    return line.toString();
  }

  private Optional<JsonNode> result() {
    return StoredJob.read(jobs, jobId).result();
  }

  /**
   * Copies what the job has left, result.json among it, to a folder here.
   *
   * @throws JobFailedException when the folder can't be written
   */
  void copyTo(Path out) {
    for (String name : jobs.names(jobId)) {
      if (name.contains(".") && !NOT_OUTCOMES.contains(name)) {
        jobs.read(jobId, name).ifPresent(content -> ResultFile.write(out, name, content));
      }
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Files.isRegularFile(file) ? MAPPER.readTree(file.toFile()) : MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says how it ended, from the result in a folder here. */
  void close(Path out, URI store) {
    JsonNode result = read(out.resolve(ResultFile.NAME));
    if (result.path("error").isObject()) {
      console.err().println("secateur: " + StoredJob.problem(result.path("error")));
    } else if (result.path("version").isInt()) {
      String version = result.path("model").asText() + "@" + result.path("version").asInt();
      console.answer(version + " is in " + store);
      console.say("look at it: secateur models show " + version + StoreFlags.option(store));
    }
    console.say("result: " + out.resolve(ResultFile.NAME));
  }

  /**
   * The exit code of the result in a folder here.
   *
   * @param place where to read on when there is none
   * @throws JobFailedException when the job has left no result
   */
  static int exitCode(String jobId, Path out, String place) {
    JsonNode code = read(out.resolve(ResultFile.NAME)).path("exitCode");
    if (code.isInt()) {
      return code.intValue();
    }
    throw new JobFailedException(
        new Problem(
            "that job " + jobId + " has ended without a " + ResultFile.NAME,
            "one, whatever becomes of the job",
            "its driver was ended or never began: see "
                + place
                + ", and go on with the same command and --resume="
                + jobId));
  }
}
