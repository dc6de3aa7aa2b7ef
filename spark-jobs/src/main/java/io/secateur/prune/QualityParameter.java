package io.secateur.prune;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * Keeps |w| &gt; f_i q sigma_0: the threshold is a quality parameter times the standard deviation
 * of the layer's weights (Han et al. 2015, section 3).
 *
 * <p>Where we differ from a literal reading: sigma_0 is taken once, from the weights as they are
 * when pruning begins. The deviation of survivors grows with every cut, and taking it again at each
 * step would collapse the network.
 *
 * @param qualities q, 0 or more
 */
public record QualityParameter(PerLayer<BigDecimal> qualities) implements PruningCriterion {
  /** Refuses negative quality parameters. */
  public QualityParameter {
    NonNegative.require("quality", qualities);
  }

  @Override
  public String key() {
    return "quality";
  }

  @Override
  public Set<String> namedLayers() {
    return qualities.overrides().keySet();
  }

  @Override
  public boolean allows(PruningScope scope) {
    return scope == PruningScope.PER_LAYER;
  }

  @Override
  public Map<String, Object> toOptions() {
    return Map.of(key(), qualities.toOptions(q -> q));
  }

  @Override
  public CutRule rule(WeightGroup group, Sparsity start, Fraction step) {
    return new CutRule.KeepAbove(
        step.doubleValue() * qualities.of(group.name()).doubleValue() * group.sigma());
  }
}
