package io.secateur.train;

import io.secateur.tensor.Mask;
import java.util.List;
import java.util.Set;

/** The average of a round on the driver, by {@link WeightedSum}. */
final class RoundAverage {
  private RoundAverage() {}

  /**
   * Writes the average into the state.
   *
   * @param results in partition order; those without examples do not count
   * @param mask the order of the weights; all others become +0.0f
   * @param frozen layers that keep their weights and biases to the bit
   */
  static RoundOutcome into(
      TrainingState state, Mask mask, List<RoundResult> results, Set<String> frozen) {
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
    FrozenRanges still = FrozenRanges.of(state.parameters().layout(), mask, frozen);
    float[] weights = weightSum.average();
    if (!frozen.isEmpty()) {
      still.putBack(weights, mask.gather(state.parameters().weights()), 0);
    }
    mask.scatter(weights, state.parameters().weights());
    float[] others = otherSum.average();
    still.putBack(others, state.parameters().others(), survivors);
    System.arraycopy(others, 0, state.parameters().others(), 0, otherCount);
    float[] velocity = velocitySum.average();
    still.stop(velocity, 0);
    System.arraycopy(velocity, survivors, state.otherVelocity(), 0, otherCount);
    float[] weightVelocity = weights; // no longer needed, and as long
    System.arraycopy(velocity, 0, weightVelocity, 0, survivors);
    mask.scatter(weightVelocity, state.weightVelocity());
    return outcome;
  }
}
