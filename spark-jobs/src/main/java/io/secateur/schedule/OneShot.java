package io.secateur.schedule;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything is cut at the beginning (f_1 = 1), then the network is retrained.
 *
 * @param holdEpochs retraining epochs after the cut, at least 1
 */
public record OneShot(int holdEpochs) implements SparsitySchedule {
  /** Refuses a hold below one epoch. */
  public OneShot {
    SparsitySchedule.requirePositive("hold-epochs", holdEpochs);
  }

  @Override
  public CutPlan plan(int minibatchesPerEpoch, int roundMinibatches) {
    return new CutPlan(List.of(new Cut(1, 1, 0, Fraction.ONE)), 0, holdEpochs);
  }

  @Override
  public Sparsity startSparsity() {
    return Sparsity.ZERO;
  }

  @Override
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("kind", "one-shot");
    options.put("hold-epochs", holdEpochs);
    return options;
  }
}
