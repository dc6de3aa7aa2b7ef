package io.secateur.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.error.Problem;
import io.secateur.report.JobProgress;
import io.secateur.report.ResultFile;
import io.secateur.store.JobFolders;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A job as its folder in the store tells it. Files that are damaged count as missing.
 *
 * @param jobId the job's id
 * @param progress its progress.json
 * @param result its result.json, that of the last run that had the time to write one
 * @param submitted whether it was handed to a cluster
 */
record StoredJob(
    String jobId, Optional<JobProgress> progress, Optional<JsonNode> result, boolean submitted) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What became of a job. */
  enum Status {
    /** A cluster has it, and its driver has not begun. */
    SUBMITTED,
    /** Its driver works. */
    RUNNING,
    /** Its driver has died, or is not heard of any more. */
    INTERRUPTED,
    /** Everything asked for was done. */
    SUCCEEDED,
    /** It has ended without that, and says why. */
    FAILED,
    /** Its folder does not tell. */
    UNKNOWN;

    /** As printed. */
    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads a job's folder. */
  static StoredJob read(JobFolders jobs, String id) {
    Optional<JobProgress> progress = jobs.read(id, JobProgress.NAME).flatMap(JobProgress::parse);
    return new StoredJob(
        id,
        progress,
        jobs.read(id, ResultFile.NAME).flatMap(StoredJob::json),
        progress.isEmpty() && jobs.read(id, Submitted.FILE).isPresent());
  }

  private static Optional<JsonNode> json(byte[] bytes) {
    try {
      return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A job that has succeeded stays so; else the last run counts. */
  Status status(Instant now) {
    if ("succeeded".equals(resultStatus())) {
      return Status.SUCCEEDED;
    }
    if (progress.isEmpty()) {
      if ("failed".equals(resultStatus())) {
        return Status.FAILED;
      }
      return submitted ? Status.SUBMITTED : Status.UNKNOWN;
    }
    return switch (progress.get().status()) {
      case SUCCEEDED -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
      case RUNNING -> progress.get().isAlive(now) ? Status.RUNNING : Status.INTERRUPTED;
    };
  }

  /** The {@code error} of a result on one line. */
  static String problem(JsonNode error) {
    return new Problem(
            error.path("found").asText(),
            error.path("expected").asText(),
            error.path("remedy").asText())
        .line();
  }

  private String resultStatus() {
    return result.map(json -> json.path("status").asText()).orElse("");
  }
}
