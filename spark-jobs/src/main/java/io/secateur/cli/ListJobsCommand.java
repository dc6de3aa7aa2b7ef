package io.secateur.cli;

import io.secateur.report.TextTable;
import io.secateur.store.JobFolders;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The jobs of a store, newest first. */
@Command(name = "list", description = "List the jobs of a store, newest first.")
final class ListJobsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  ListJobsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    URI root = flags.store().root();
    JobFolders folders = flags.store().open(root).jobs();
    Instant now = Instant.now();
    List<JobView> jobs =
        folders.ids().stream().map(id -> JobView.of(StoredJob.read(folders, id), now)).toList();
    if (flags.json()) {
      console.answer(ModelFlags.toJson(jobs));
    } else if (jobs.isEmpty()) {
      console.answer("no jobs in " + root);
    } else {
      table(jobs).lines().forEach(console::answer);
    }
    return ExitCodes.DONE;
  }

  private static TextTable table(List<JobView> jobs) {
    TextTable table =
        new TextTable()
            .text("job")
            .text("command")
            .text("model")
            .text("status")
            .text("progress")
            .text("started")
            .text("published");
    for (JobView job : jobs) {
      table.row(
          job.jobId(),
          job.command(),
          job.model(),
          job.status().wireName(),
          job.progress(),
          JobView.seconds(job.started()),
          job.published());
    }
    return table;
  }
}
