package io.secateur.cli;

import io.secateur.config.DataLocation;
import io.secateur.config.JobOptions;
import io.secateur.config.LocalFiles;
import io.secateur.store.ModelStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
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

  /** What it is about; empty for a command that names neither a model nor a store in a file. */
  default Optional<JobSubject> subject() {
    return options().map(JobSubject::of);
  }

  /** The file that it reads, with the local files that this one names. */
  default Optional<LocalFiles> travelling() {
    return options().map(LocalFiles::of);
  }

  /** Local files and folders that the command line itself names. */
  default List<URI> places() {
    return List.of();
  }

  /**
   * Its words without the options of every job.
   *
   * @param jobFile what stands in place of the job file
   */
  List<String> words(String jobFile);

  /**
   * The same, when local files have gone elsewhere.
   *
   * @param moved their new places
   */
  default List<String> words(String jobFile, Map<URI, URI> moved) {
    return words(jobFile);
  }

  /** Whether it reads MNIST, which lies in the cache of the user who submits. */
  default boolean readsMnist(ModelStore store) {
    return options().map(job -> job.data().location() instanceof DataLocation.Mnist).orElse(false);
  }
}
