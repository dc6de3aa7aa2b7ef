package io.secateur.report;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.secateur.store.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a job is: {@code progress.json} in its folder of the store, key by key. What is not known
 * yet is null.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param job the command: "demo", "train", "prune"
 * @param jobId the job's id
 * @param model the name that it publishes as
 * @param status where it is
 * @param resumed whether this run continues an earlier one
 * @param stage how far its stage is; null before the first
 * @param version the version of the model that was published last
 * @param started when the job's first run began, in UTC, ISO 8601
 * @param updated when this was written; a driver that lives writes every {@link #HEARTBEAT}
 * @param versionsBefore the highest version of the model when the job began, 0 for none
 * @param out the folder of result.json and the log
 * @param driver the process that runs it
 */
public record JobProgress(
    int schema,
    String job,
    String jobId,
    String model,
    Status status,
    boolean resumed,
    StageProgress stage,
    Integer version,
    String started,
    String updated,
    int versionsBefore,
    String out,
    DriverProcess driver) {

  /** The file's name. */
  public static final String NAME = "progress.json";

  /** The version of {@code progress.json} that this class writes and reads. */
  public static final int SCHEMA = 1;

  /** A driver that lives writes at least this often. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A driver of another host that has not written for so long is taken for dead. */
  public static final Duration STALE = HEARTBEAT.multipliedBy(3);

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();
  private static final ObjectReader READER = MAPPER.readerFor(JobProgress.class);

  /** Where a job is. */
  public enum Status {
    /** Its driver works, or has died without a word. */
    RUNNING,
    /** Everything asked for was done. */
    SUCCEEDED,
    /** It has ended without that. */
    FAILED;

    /** As written in the file. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A job that begins now. */
  public static JobProgress beginning(
      String job, String jobId, String model, int versionsBefore, Path out, DriverProcess driver) {
    String now = Instant.now().toString();
    return new JobProgress(
        SCHEMA,
        job,
        jobId,
        model,
        Status.RUNNING,
        false,
        null,
        null,
        now,
        now,
        versionsBefore,
        out.toString(),
        driver);
  }

  /** The same job, run again from here by another driver. */
  public JobProgress resumedBy(DriverProcess process, Path newOut) {
    return new JobProgress(
        schema,
        job,
        jobId,
        model,
        Status.RUNNING,
        true,
        stage,
        version,
        started,
        Instant.now().toString(),
        versionsBefore,
        newOut.toString(),
        process);
  }

  JobProgress with(StageProgress now) {
    return copy(status, now, version, updated);
  }

  JobProgress endedWith(JobResult outcome) {
    Status ended =
        outcome.status() == JobResult.Status.SUCCEEDED ? Status.SUCCEEDED : Status.FAILED;
    return copy(ended, stage, outcome.version(), updated);
  }

  JobProgress with(ModelVersion published) {
    return copy(status, stage, published.number(), updated);
  }

  JobProgress at(Instant time) {
    return copy(status, stage, version, time.toString());
  }

  private JobProgress copy(
      Status newStatus, StageProgress newStage, Integer newVersion, String newUpdated) {
    return new JobProgress(
        schema,
        job,
        jobId,
        model,
        newStatus,
        resumed,
        newStage,
        newVersion,
        started,
        newUpdated,
        versionsBefore,
        out,
        driver);
  }

  /** Indented JSON in UTF-8, closed by a line end. */
  public byte[] toBytes() {
    try {
      return (WRITER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #toBytes} wrote; empty when it is damaged or of another form. */
  public static Optional<JobProgress> parse(byte[] json) {
    try {
      JobProgress progress = READER.readValue(json);
      return progress != null && progress.isWhole() ? Optional.of(progress) : Optional.empty();
    } catch (IOException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return schema == SCHEMA
        && Stream.of(job, jobId, model, status, started, out, driver).allMatch(Objects::nonNull)
        && updated != null
        && Instant.parse(updated).isAfter(Instant.EPOCH);
  }

  /**
   * Whether a driver works on it as far as can be known: its process lives on this host, or it has
   * written lately.
   */
  public boolean isAlive(Instant now) {
    if (status != Status.RUNNING) {
      return false;
    }
    return driver.isOfThisHost() ? driver.isAliveHere() : age(now).compareTo(STALE) < 0;
  }

  /** The time since it was written, by this host's clock. */
  public Duration age(Instant now) {
    return Duration.between(Instant.parse(updated), now);
  }
}
