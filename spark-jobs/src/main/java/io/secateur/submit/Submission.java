package io.secateur.submit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A job to be handed to a cluster.
 *
 * @param master the cluster
 * @param mode where its driver runs
 * @param jobId the job's id
 * @param name the application's name on the cluster
 * @param store root of the store
 * @param mainClass of the driver
 * @param arguments of the driver
 * @param conf {@code key=value} settings of Spark
 * @param out this host's folder for logs
 * @param waiting whether Spark's launcher stays until the driver has ended
 */
public record Submission(
    Master master,
    DeployMode mode,
    String jobId,
    String name,
    URI store,
    String mainClass,
    List<String> arguments,
    List<String> conf,
    Path out,
    Wait waiting) {

  /** Whether the driver's end is waited for. */
  public enum Wait {
    /** It is. */
    UNTIL_ENDED,
    /** It is not. */
    UNTIL_STARTED
  }
}
