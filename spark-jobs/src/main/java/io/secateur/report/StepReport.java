package io.secateur.report;

/**
 * One cut of a pruning schedule, told right after it was made.
 *
 * @param step the step, from 1 to {@code steps}
 * @param steps how many steps the schedule has
 * @param sparsity share of prunable weights that are now zero, 0 to 1
 * @param surviving prunable weights that are left
 * @param weights prunable weights before any pruning
 */
public record StepReport(int step, int steps, double sparsity, long surviving, long weights) {
  /** Rejects a step outside [1, steps]. */
  public StepReport {
    if (step < 1 || step > steps) {
      throw new IllegalArgumentException("step " + step + " of " + steps);
    }
  }
}
