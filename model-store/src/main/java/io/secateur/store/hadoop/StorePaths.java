package io.secateur.store.hadoop;

import io.secateur.store.ModelVersion;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things lie below the store's root; the one place that knows. */
final class StorePaths {
  static final String MODELS = "models";
  static final String JOBS = "jobs";

  /** The file in a job's checkpoint folder. */
  static final String CHECKPOINT = "state";

  private static final Pattern MANIFEST = Pattern.compile("([1-9][0-9]{0,8})\\.json");
  private static final Pattern TOMBSTONE = Pattern.compile("([1-9][0-9]{0,8})\\.expired");

  private StorePaths() {}

  static String model(String model) {
    return MODELS + "/" + model;
  }

  static String versions(String model) {
    return model(model) + "/versions";
  }

  static String manifest(ModelVersion version) {
    return versions(version.model()) + "/" + version.number() + ".json";
  }

  /** The version number of a manifest's file name; empty for any other name. */
  static Optional<Integer> number(String fileName) {
    return number(MANIFEST, fileName);
  }

  static String tombstone(ModelVersion version) {
    return versions(version.model()) + "/" + version.number() + ".expired";
  }

  /** The version number of a tombstone's file name; empty for any other name. */
  static Optional<Integer> expiredNumber(String fileName) {
    return number(TOMBSTONE, fileName);
  }

  private static Optional<Integer> number(Pattern form, String fileName) {
    Matcher matcher = form.matcher(fileName);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  static String data(String model) {
    return model(model) + "/data";
  }

  static String payload(String model, UUID payload) {
    return data(model) + "/" + payload;
  }

  static String tags(String model) {
    return model(model) + "/tags";
  }

  static String job(String jobId) {
    return JOBS + "/" + jobId;
  }

  static String shards(String jobId) {
    return job(jobId) + "/shards";
  }

  static String checkpoint(String jobId) {
    return job(jobId) + "/checkpoint";
  }

  /** A new name in a folder that no listing shows: no name or tag starts with a dot. */
  static String hidden(String folder, String purpose) {
    return folder + "/." + purpose + "-" + UUID.randomUUID();
  }
}
