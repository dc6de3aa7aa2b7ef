package io.secateur.cli;

import io.secateur.checkpoint.CheckpointHead;
import io.secateur.config.RecordedJob;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One job: how far it is, its figures or error, its options, and how to go on with it. */
@Command(name = "show", description = "Show a job: progress, figures, options, how to resume it.")
final class ShowJobCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(paramLabel = "JOB-ID", description = "A job that \"jobs list\" shows.")
  private String id;

  ShowJobCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    ModelStore store = flags.store().open(flags.store().root());
    JobFolders folders = store.jobs();
    StoredJob job = StoredJob.read(folders, id);
    Optional<byte[]> options = folders.read(id, RecordedJob.NAME);
    if (job.progress().isEmpty()
        && job.result().isEmpty()
        && options.isEmpty()
        && !job.submitted()) {
      throw new UsageException(
          new Problem(
              "no job " + id + " in store " + store.root(),
              "a job of this store",
              "name one of: secateur jobs list" + StoreFlags.option(store.root())));
    }
    JobDetails details =
        JobDetails.of(
            JobView.of(job, Instant.now()),
            job,
            options.map(yaml -> new String(yaml, StandardCharsets.UTF_8)),
            folders.readCheckpoint(id).map(ShowJobCommand::head));
    if (flags.json()) {
      console.answer(ModelFlags.toJson(details));
    } else {
      print(details);
    }
    return ExitCodes.DONE;
  }

  private static CheckpointHead head(byte[] content) {
    try {
      return CheckpointHead.parse(content);
    } catch (IOException e) {
      throw new UsageException(
          "a checkpoint of another version of Secateur (" + e.getMessage() + ")",
          "one of this version",
          "look at the job with the version that runs it");
    }
  }

  private void print(JobDetails details) {
    JobView job = details.summary();
    TextTable facts = new TextTable().text("job").text(job.jobId());
    row(facts, "command", job.command());
    row(facts, "model", job.model());
    row(facts, "status", job.status().wireName());
    row(facts, "progress", job.progress());
    if (job.stage() != null) {
      row(facts, "validation error", percent(job.stage().validationErrorPercent()));
      row(facts, "sparsity", share(job.stage().sparsity()));
      if (job.status() == StoredJob.Status.RUNNING && job.stage().secondsLeft() != null) {
        row(facts, "left of stage", Figures.time(Duration.ofSeconds(job.stage().secondsLeft())));
      }
    }
    row(facts, "started", JobView.seconds(job.started()));
    row(facts, "last heard of", JobView.seconds(job.updated()));
    row(facts, "published", job.published());
    row(facts, "dense error", percent(details.denseErrorPercent()));
    row(facts, "pruned error", percent(details.prunedErrorPercent()));
    row(facts, "out", details.out());
    row(facts, "driver", details.driver());
    row(facts, "checkpoint", details.checkpoint());
    row(facts, "error", details.error());
    facts.lines().forEach(console::answer);
    if (details.resume() != null) {
      console.answer("");
      console.answer("resume with: " + details.resume());
    }
    if (details.options() != null) {
      console.answer("");
      details.options().lines().forEach(console::answer);
    }
  }

  private static void row(TextTable table, String name, String value) {
    if (value != null) {
      table.row(name, value);
    }
  }

  private static String percent(Double value) {
    return value == null ? null : Figures.percent(value);
  }

  private static String share(Double value) {
    return value == null ? null : Figures.share(value);
  }
}
