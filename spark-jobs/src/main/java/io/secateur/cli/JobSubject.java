package io.secateur.cli;

import io.secateur.config.JobOptions;
import java.net.URI;

/**
 * What a job that keeps its state is about: by it the newest unfinished one is found.
 *
 * @param store root of the store that it publishes to
 * @param name the model that it publishes as, or what stands for a catalog
 */
record JobSubject(URI store, String name) {
  static JobSubject of(JobOptions options) {
    return new JobSubject(options.store(), options.publishAs());
  }
}
