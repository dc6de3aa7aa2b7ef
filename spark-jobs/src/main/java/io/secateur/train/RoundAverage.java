package io.secateur.train;

import io.secateur.tensor.Mask;
import java.util.List;

/** The average of a round on the driver, by {@link WeightedSum}. */
final class RoundAverage {
  private RoundAverage() {}

  /**
   * Writes the average into the state.
   *
   * @param results in partition order; those without examples do not count
   * @param mask the order of the weights; all others become +0.0f
   */
  static RoundOutcome into(TrainingState state, Mask mask, List<RoundResult> results) {
    int survivors = mask.cardinality();
    int otherCount = state.otherVelocity().length;
    WeightedSum weightSum = new WeightedSum(survivors);
    WeightedSum otherSum = new WeightedSum(otherCount);
    WeightedSum velocitySum = new WeightedSum(survivors + otherCount);
    RoundOutcome outcome = new RoundOutcome(0, 0);
    for (RoundResult result : results) {
      weightSum.add(result.weights(), result.examples());
      otherSum.add(result.others(), result.examples());
      velocitySum.add(result.velocity(), result.examples());
      outcome = outcome.beside(result.outcome());
    }
    float[] weights = weightSum.average();
    mask.scatter(weights, state.parameters().weights());
    System.arraycopy(otherSum.average(), 0, state.parameters().others(), 0, otherCount);
    float[] velocity = velocitySum.average();
    System.arraycopy(velocity, survivors, state.otherVelocity(), 0, otherCount);
    float[] weightVelocity = weights; // no longer needed, and as long
    System.arraycopy(velocity, 0, weightVelocity, 0, survivors);
    mask.scatter(weightVelocity, state.weightVelocity());
    return outcome;
  }
}
