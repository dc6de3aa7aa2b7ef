package io.secateur.train;

import static java.util.Objects.requireNonNull;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import java.util.Optional;

/** The state of a trainer that averages on the driver: it lies here between rounds. */
public final class StateOnDriver {
  private final TrainingPlan plan;
  private TrainingState state;
  private NetworkParameters kept;

  public StateOnDriver(TrainingPlan plan) {
    this.plan = requireNonNull(plan, "plan");
  }

  /** As {@link DataParallelTrainer#begin}. */
  public void begin(TrainingState handedOver) {
    state = requireNonNull(handedOver, "state");
  }

  /** As {@link DataParallelTrainer#state}: the state itself, for a round to train. */
  public TrainingState get() {
    if (state == null) {
      throw new IllegalStateException("no state was handed over: begin comes first");
    }
    return state;
  }

  /** As {@link DataParallelTrainer#evaluate}. */
  public Evaluation evaluate(LabelledImages rows) {
    return Evaluator.evaluate(plan.engine(), plan.network(), get().parameters(), rows);
  }

  /** As {@link DataParallelTrainer#keep}. */
  public void keep() {
    kept = get().parameters().copy();
  }

  /** As {@link DataParallelTrainer#kept}. */
  public Optional<NetworkParameters> kept() {
    return Optional.ofNullable(kept);
  }
}
