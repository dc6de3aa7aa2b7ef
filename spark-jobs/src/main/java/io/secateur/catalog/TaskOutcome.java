package io.secateur.catalog;

import io.secateur.error.Problem;
import io.secateur.store.ModelManifest;
import java.io.Serializable;
import java.util.Optional;

/** What a task tells the driver: a payload to publish, that there is nothing to do, or why not. */
final class TaskOutcome implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] manifest;
  private final String failure;
  private final double seconds;

  private TaskOutcome(byte[] manifest, String failure, double seconds) {
    this.manifest = manifest;
    this.failure = failure;
    this.seconds = seconds;
  }

  static TaskOutcome written(ModelManifest manifest, double seconds) {
    return new TaskOutcome(manifest.toBytes(), null, seconds);
  }

  static TaskOutcome unchanged(double seconds) {
    return new TaskOutcome(null, null, seconds);
  }

  static TaskOutcome failed(Problem problem, double seconds) {
    return new TaskOutcome(null, problem.line(), seconds);
  }

  /** The payload that is to be published. */
  Optional<ModelManifest> manifest() {
    return Optional.ofNullable(manifest)
        .map(bytes -> ModelManifest.parse(bytes, "the manifest of a task"));
  }

  /** Why there is none. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** The time that the task took. */
  double seconds() {
    return seconds;
  }
}
