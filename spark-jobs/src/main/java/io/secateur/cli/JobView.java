package io.secateur.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.report.JobProgress;
import io.secateur.report.StageProgress;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as {@code jobs list} and {@code jobs show} tell it; with {@code --json} its components are
 * the keys. What is not known is null.
 *
 * @param jobId the job's id
 * @param command the command that began it
 * @param model the name it publishes as
 * @param status what became of it
 * @param stage how far its last stage is
 * @param started when it began, in UTC, ISO 8601
 * @param updated when its driver was last heard of
 * @param version the version of the model that it published last
 */
record JobView(
    String jobId,
    String command,
    String model,
    StoredJob.Status status,
    StageProgress stage,
    String started,
    String updated,
    Integer version) {

  static JobView of(StoredJob job, Instant now) {
    Optional<JobProgress> progress = job.progress();
    return new JobView(
        job.jobId(),
        progress.map(JobProgress::job).orElseGet(() -> text(job, "job")),
        progress.map(JobProgress::model).orElseGet(() -> text(job, "model")),
        job.status(now),
        progress.map(JobProgress::stage).orElse(null),
        progress.map(JobProgress::started).orElse(null),
        progress.map(JobProgress::updated).orElse(null),
        progress
            .map(JobProgress::version)
            .orElseGet(
                () ->
                    job.result()
                        .map(result -> result.get("version"))
                        .filter(JsonNode::isInt)
                        .map(JsonNode::intValue)
                        .orElse(null)));
  }

  private static String text(StoredJob job, String key) {
    return job.result()
        .map(result -> result.get(key))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .orElse(null);
  }

  /** "prune step 2/5, epoch 7/20"; null before the first stage. */
  String progress() {
    if (stage == null) {
      return null;
    }
    String step = stage.steps() == 0 ? "" : " step " + stage.step() + "/" + stage.steps() + ",";
    return stage.name() + step + " epoch " + stage.epoch() + "/" + stage.epochs();
  }

  /** "name@version"; null before it has published. */
  String published() {
    return version == null ? null : model + "@" + version;
  }

  /** A time to the second, for people. */
  static String seconds(String time) {
    return time == null ? null : time.replaceFirst("\\.[0-9]+Z$", "Z");
  }
}
