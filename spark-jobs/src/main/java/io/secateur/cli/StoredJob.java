package io.secateur.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 */
record StoredJob(String jobId, Optional<JobProgress> progress, Optional<JsonNode> result) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What became of a job. */
  enum Status {
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
    return new StoredJob(
        id,
        jobs.read(id, JobProgress.NAME).flatMap(JobProgress::parse),
        jobs.read(id, ResultFile.NAME).flatMap(StoredJob::json));
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
      return "failed".equals(resultStatus()) ? Status.FAILED : Status.UNKNOWN;
    }
    return switch (progress.get().status()) {
      case SUCCEEDED -> Status.SUCCEEDED;
      case FAILED -> Status.FAILED;
      case RUNNING -> progress.get().isAlive(now) ? Status.RUNNING : Status.INTERRUPTED;
    };
  }

  private String resultStatus() {
    return result.map(json -> json.path("status").asText()).orElse("");
  }
}
