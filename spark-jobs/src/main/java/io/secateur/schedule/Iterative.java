package io.secateur.schedule;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prune, retrain, prune again, as the paper does for its best rates (Han et al. 2015, section 3.4):
 * f_i = i / m. The first cut stands at the beginning, every other {@code everyEpochs} after the one
 * before; after the last cut come {@code holdEpochs}.
 *
 * @param steps m, the number of cuts, at least 1
 * @param everyEpochs retraining epochs between two cuts, at least 1
 * @param holdEpochs retraining epochs after the last cut, at least 1
 */
public record Iterative(int steps, int everyEpochs, int holdEpochs) implements SparsitySchedule {
  /** Refuses counts below 1. */
  public Iterative {
    SparsitySchedule.requirePositive("steps", steps);
    SparsitySchedule.requirePositive("every-epochs", everyEpochs);
    SparsitySchedule.requirePositive("hold-epochs", holdEpochs);
  }

  @Override
  public CutPlan plan(int minibatchesPerEpoch, int roundMinibatches) {
    int apart =
        Math.multiplyExact(
            everyEpochs, RoundGrid.of(minibatchesPerEpoch, roundMinibatches).roundsPerEpoch());
    List<Cut> cuts = new ArrayList<>();
    for (int i = 1; i <= steps; i++) {
      cuts.add(new Cut(i, steps, Math.multiplyExact(i - 1, apart), Fraction.of(i, steps)));
    }
    return new CutPlan(cuts, Math.multiplyExact(steps - 1, everyEpochs), holdEpochs);
  }

  @Override
  public Sparsity startSparsity() {
    return Sparsity.ZERO;
  }

  @Override
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("kind", "iterative");
    options.put("steps", steps);
    options.put("every-epochs", everyEpochs);
    options.put("hold-epochs", holdEpochs);
    return options;
  }
}
