package io.secateur.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.secateur.encoding.ByteAccount;
import io.secateur.error.Problem;
import java.util.List;
import java.util.Locale;

/**
 * The outcome of a job: {@code result.json}, key by key and in its order. What does not apply to a
 * command, or was not yet known when it failed, is null; lists are empty then. The file's keys and
 * their order are the record's components: a test holds them to the schema.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param job the command: "demo", "train", "prune", "sweep", "tradeoff", "evaluate", "preflight",
 *     "compress"
 * @param jobId the job's id, sortable by time
 * @param status how it ended
 * @param exitCode what the process returns, 0 exactly when it succeeded
 * @param error why it failed; null when it succeeded
 * @param seed the resolved seed
 * @param partitions the resolved number of partitions
 * @param master Spark's master
 * @param store root of the store as a URI
 * @param model the published (or evaluated) model's name
 * @param version its version
 * @param dense the dense network
 * @param pruned the pruned network
 * @param compression how many times smaller it became
 * @param bytes where the stored bytes go
 * @param energy what an inference takes
 * @param layers one row per layer with prunable weights, in canonical order
 * @param engine the engine that trained and evaluated
 * @param engineReason why that one
 * @param resumed whether an earlier run of this job was continued
 * @param steps the cuts
 * @param timings seconds per phase
 * @param hashes of the published network
 * @param sweep the sensitivity of its layers
 * @param tradeoff curves of its error against its weights
 * @param preflight what a look at driver, executors and store found
 * @param catalog what became of the models of a catalog
 */
public record JobResult(
    int schema,
    String job,
    String jobId,
    Status status,
    int exitCode,
    Problem error,
    Long seed,
    Integer partitions,
    String master,
    String store,
    String model,
    Integer version,
    Dense dense,
    Pruned pruned,
    Compression compression,
    Bytes bytes,
    EnergyReport energy,
    List<LayerReport> layers,
    String engine,
    String engineReason,
    boolean resumed,
    List<Step> steps,
    Timings timings,
    Hashes hashes,
    SweepReport sweep,
    TradeoffReport tradeoff,
    List<PreflightReport> preflight,
    CatalogReport catalog) {

  /** The version of {@code result.json} this class writes. */
  public static final int SCHEMA = 1;

  /** How a job ended. */
  public enum Status {
    /** Everything asked for was done. */
    SUCCEEDED,
    /** It was not; {@code error} says why. */
    FAILED;

    /** As written in the file. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The network before pruning.
   *
   * @param testErrorPercent wrong answers on the test rows, 0 to 100; null when they were not read
   * @param parameters weights and biases
   */
  public record Dense(Double testErrorPercent, long parameters) {}

  /**
   * The network after pruning.
   *
   * @param testErrorPercent wrong answers on the test rows, 0 to 100
   * @param weights prunable weights that are left
   * @param parameters those and the biases
   * @param density weights over the prunable weights before any pruning, 0 to 1
   */
  public record Pruned(double testErrorPercent, long weights, long parameters, double density) {}

  /**
   * How many times smaller.
   *
   * @param weights prunable weights before any pruning over those that are left
   * @param bytes dense bytes before any pruning over stored bytes
   */
  public record Compression(double weights, double bytes) {}

  /**
   * Where the stored bytes go.
   *
   * @param dense the network's bytes as float32, before any pruning
   * @param stored all payload bytes: the sum of the five that follow
   * @param values surviving values
   * @param indices their indices
   * @param fillers values and indices of fillers
   * @param biases biases and statistics
   * @param headers headers and checksums
   */
  public record Bytes(
      long dense, long stored, long values, long indices, long fillers, long biases, long headers) {
    /** From the account of what was encoded. */
    public static Bytes of(long dense, ByteAccount account) {
      return new Bytes(
          dense,
          account.stored(),
          account.values(),
          account.indices(),
          account.fillers(),
          account.biases(),
          account.headers());
    }
  }

  /**
   * A cut and the retraining after it. Errors are percent of the validation rows, null when they
   * were not measured.
   *
   * @param step from 1
   * @param sparsity share of prunable weights that are zero after the cut, 0 to 1
   * @param validationErrorBefore right before the cut
   * @param validationErrorAfter after the step's last epoch
   * @param epochs whole epochs retrained before the next cut
   * @param seconds from the cut to the next
   */
  public record Step(
      int step,
      double sparsity,
      Double validationErrorBefore,
      Double validationErrorAfter,
      int epochs,
      double seconds) {}

  /** Seconds per phase; 0 for a phase that was not reached. */
  public record Timings(
      double dataSeconds,
      double trainSeconds,
      double pruneSeconds,
      double retrainSeconds,
      double publishSeconds,
      double totalSeconds) {}

  /**
   * "sha256:…" over the published network, as defined by the network hashes.
   *
   * @param masks over which weights are non-zero
   * @param parameters over all values
   */
  public record Hashes(String masks, String parameters) {}

  /** Checks that status, exit code and error say the same. */
  public JobResult {
    boolean succeeded = status == Status.SUCCEEDED;
    if (succeeded != (exitCode == 0) || succeeded != (error == null)) {
      throw new IllegalArgumentException(
          "status " + status + " with exit code " + exitCode + " and error " + error);
    }
    layers = List.copyOf(layers);
    steps = List.copyOf(steps);
  }

  /**
   * Starts the result of a job.
   *
   * @param job the command's name
   * @param jobId the job's id
   */
  public static ResultBuilder builder(String job, String jobId) {
    return new ResultBuilder(job, jobId);
  }
}
