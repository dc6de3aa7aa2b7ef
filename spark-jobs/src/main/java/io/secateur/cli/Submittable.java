package io.secateur.cli;

import io.secateur.config.DataLocation;
import io.secateur.config.JobOptions;
import io.secateur.store.ModelStore;
import java.util.List;
import java.util.Optional;

/** A command that can run on a cluster. */
interface Submittable {
  JobFlags flags();

  /**
   * Reads the job file; empty for a command that has none.
   *
   * @throws io.secateur.error.UsageException when anything in it is wrong
   */
  Optional<JobOptions> options();

  /**
   * Its words without the options of every job.
   *
   * @param jobFile what stands in place of the job file
   */
  List<String> words(String jobFile);

  /** Whether it reads MNIST, which lies in the cache of the user who submits. */
  default boolean readsMnist(ModelStore store) {
    return options().map(job -> job.data().location() instanceof DataLocation.Mnist).orElse(false);
  }
}
