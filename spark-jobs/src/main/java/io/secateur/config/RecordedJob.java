package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/**
 * A job as its folder in the store records it, {@code job.yaml}: the resolved options, and under
 * {@value #RUN} all else that the result depends on, such as the data's fingerprints and the
 * engine. The file can be run as a job file: {@value #RUN} is passed over then.
 */
public final class RecordedJob {
  /** The file's name. */
  public static final String NAME = "job.yaml";

  /** The key of what is not an option. */
  static final String RUN = "run";

  private static final String JOB_ID = "job-id";

  private final byte[] yaml;
  private final Map<String, String> values;

  private RecordedJob(String name, byte[] yaml) {
    this.yaml = yaml;
    this.values = new LinkedHashMap<>();
    flatten("", YamlTree.document(name, yaml).root());
  }

  /**
   * The record of a job.
   *
   * @param run what the options were resolved to: texts, numbers, and maps of them
   */
  public static RecordedJob of(JobOptions options, String jobId, Map<String, ?> run) {
    return of(options.toMap(), jobId, run);
  }

  /** The record of a job that has other options than a job file's. */
  public static RecordedJob of(Map<String, Object> options, String jobId, Map<String, ?> run) {
    Map<String, Object> all = new LinkedHashMap<>(options);
    Map<String, Object> section = new LinkedHashMap<>();
    section.put(JOB_ID, jobId);
    section.putAll(run);
    all.put(RUN, section);
    return new RecordedJob(NAME, JobFileWriter.yaml(all).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a record.
   *
   * @param name the file's name for messages
   * @throws UsageException when it is not YAML
   */
  public static RecordedJob parse(String name, byte[] yaml) {
    return new RecordedJob(name, yaml.clone());
  }

  /** Whether a job file's {@value #RUN} is of a record, and no mistake. */
  static boolean isRecord(JsonNode document) {
    return document.path(RUN).path(JOB_ID).isTextual();
  }

  private void flatten(String key, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.fields()
          .forEachRemaining(
              field ->
                  flatten(
                      key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                      field.getValue()));
    } else {
      values.put(key, node.isTextual() ? node.textValue() : node.toString());
    }
  }

  /** The file's bytes. */
  public byte[] toYaml() {
    return yaml.clone();
  }

  /** The value of {@code run.<key>}. */
  public Optional<String> run(String key) {
    return Optional.ofNullable(values.get(RUN + "." + key));
  }

  /**
   * Checks that a job that is to be resumed is this one.
   *
   * @param now the job as it was started this time
   * @throws UsageException naming the first key whose value differs
   */
  public void requireSame(RecordedJob now) {
    LinkedHashSet<String> keys = new LinkedHashSet<>(values.keySet());
    keys.addAll(now.values.keySet());
    for (String key : keys) {
      String recorded = values.getOrDefault(key, "nothing");
      String found = now.values.getOrDefault(key, "nothing");
      if (!recorded.equals(found)) {
        throw new UsageException(
            new Problem(
                found + " for " + key,
                recorded + ", as job " + run(JOB_ID).orElse("") + " has it",
                "resume it with what it began with, or start a new job without --resume"));
      }
    }
  }
}
