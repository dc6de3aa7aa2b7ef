package io.secateur.config;

import io.secateur.prune.PerLayer;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningScope;
import io.secateur.prune.TargetSparsity;
import io.secateur.schedule.OneShot;
import io.secateur.tensor.Sparsity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The curves of error against weights of several ways to prune.
 *
 * @param sparsities the points, ascending, of all layers together unless the scope is per layer
 * @param scope of each cut
 * @param retrainEpochs after each cut of a variant that retrains, at least 1
 * @param l1 weight of |w| in the gradient of the L1 variants, above 0
 * @param l2 weight decay in the gradient of the L2 variants, above 0
 * @param variants one or more
 */
public record TradeoffOptions(
    List<Sparsity> sparsities,
    PruningScope scope,
    int retrainEpochs,
    double l1,
    double l2,
    List<TradeoffVariant> variants) {
  /** Copies the lists. */
  public TradeoffOptions {
    sparsities = List.copyOf(sparsities);
    variants = List.copyOf(variants);
  }

  /** One cut to a point of a curve, with its retraining. */
  public PruneOptions cutTo(Sparsity sparsity) {
    return new PruneOptions(
        scope, new TargetSparsity(PerLayer.all(sparsity)), Set.of(), new OneShot(retrainEpochs));
  }

  /** l1 and l2 of training and retraining. */
  double l1Of(TradeoffVariant.Penalty penalty) {
    return penalty == TradeoffVariant.Penalty.L1 ? l1 : 0;
  }

  double l2Of(TradeoffVariant.Penalty penalty) {
    return penalty == TradeoffVariant.Penalty.L2 ? l2 : 0;
  }

  /** The keys and values of the job file's {@code tradeoff}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("sparsity", sparsities.stream().map(Sparsity::value).toList());
    options.put("scope", scope.wireName());
    options.put("retrain-epochs", retrainEpochs);
    options.put("l1", l1);
    options.put("l2", l2);
    options.put("variants", variants.stream().map(TradeoffVariant::wireName).toList());
    return options;
  }
}
