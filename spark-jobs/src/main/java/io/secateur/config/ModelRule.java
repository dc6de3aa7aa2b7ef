package io.secateur.config;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningScope;
import io.secateur.prune.TargetSparsity;
import io.secateur.tensor.Shape;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a catalog's policy knows of models.
 *
 * @param model a glob that their names match
 * @param input the shape of an example; empty: the one that fits
 * @param job their data and how they are retrained, as a job has it; empty for models without data
 * @param retraining whether they are retrained
 * @param errorBudgetPoints how many percentage points the validation error may rise
 */
public record ModelRule(
    String model,
    Optional<Shape> input,
    Optional<JobOptions> job,
    Retraining retraining,
    Optional<BigDecimal> errorBudgetPoints) {
  /** Whether a model is retrained after its cut. */
  public enum Retraining {
    /** By the schedule. */
    SCHEDULED,
    /** Its error is measured before and after the cut, no more. */
    NONE
  }

  /** Whether the rule is for this model. */
  boolean fits(String name) {
    return Globs.matches(model, name);
  }

  /**
   * The options of one model's job.
   *
   * @param targets the sparsity of each layer after the last step
   */
  public JobOptions options(
      Source source, String publishAs, URI store, Map<String, Sparsity> targets) {
    JobOptions own = job.orElseThrow();
    return new JobOptions(
        source,
        publishAs,
        own.data(),
        store,
        own.seed(),
        own.partitions(),
        own.train(),
        own.roundMinibatches(),
        new PruneOptions(
            PruningScope.PER_LAYER,
            new TargetSparsity(new PerLayer<>(Sparsity.ZERO, targets)),
            Set.of(),
            own.requirePrune().schedule()),
        own.sweep(),
        null,
        own.retrain(),
        EncodingPolicy.AUTO,
        own.kernels(),
        own.laneBits());
  }
}
