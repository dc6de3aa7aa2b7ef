package io.secateur.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.checkpoint.CheckpointHead;
import io.secateur.report.DriverProcess;
import io.secateur.report.JobProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that {@code jobs show} tells. What is not known is null.
 *
 * @param summary as in the list
 * @param denseErrorPercent test error of the dense network, 0 to 100
 * @param prunedErrorPercent test error of the pruned network, 0 to 100
 * @param error why its last run failed, on one line
 * @param out the folder of result.json and the log
 * @param driver the process that runs it, or ran it last
 * @param checkpoint where it would go on
 * @param resume the command to go on with it; null for one that runs or has succeeded
 * @param options its job.yaml
 */
record JobDetails(
    JobView summary,
    Double denseErrorPercent,
    Double prunedErrorPercent,
    String error,
    String out,
    String driver,
    String checkpoint,
    String resume,
    String options) {

  static JobDetails of(
      JobView summary,
      StoredJob job,
      Optional<String> options,
      Optional<CheckpointHead> checkpoint) {
    Optional<JobProgress> progress = job.progress();
    boolean unfinished =
        summary.status() == StoredJob.Status.INTERRUPTED
            || summary.status() == StoredJob.Status.FAILED;
    return new JobDetails(
        summary,
        error(job, "dense"),
        error(job, "pruned"),
        summary.status() == StoredJob.Status.FAILED ? problem(job) : null,
        progress.map(JobProgress::out).orElse(null),
        progress.map(JobProgress::driver).map(JobDetails::place).orElse(null),
        checkpoint.map(head -> head.position().describe()).orElse(null),
        progress.filter(at -> unfinished).map(JobDetails::resume).orElse(null),
        options.orElse(null));
  }

  private static Double error(StoredJob job, String network) {
    return job.result()
        .map(result -> result.path(network).path("testErrorPercent"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::doubleValue)
        .orElse(null);
  }

  private static String problem(StoredJob job) {
    return job.result()
        .map(result -> result.path("error"))
        .filter(JsonNode::isObject)
        .map(StoredJob::problem)
        .orElse(null);
  }

  private static String place(DriverProcess driver) {
    return "process " + driver.pid() + " on " + driver.host() + ", in " + driver.folder();
  }

  /** The command line of its last run, with this job to resume in place of any other. */
  private static String resume(JobProgress progress) {
    List<String> words = new ArrayList<>(List.of("secateur"));
    progress.driver().arguments().stream()
        .filter(word -> !word.equals("--resume") && !word.startsWith("--resume="))
        .forEach(words::add);
    words.add("--resume=" + progress.jobId());
    return words.stream().map(StoreFlags::shellWord).collect(Collectors.joining(" "));
  }
}
