package io.secateur.prune;

import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How strongly each layer is cut in turn, by a sweep of their sensitivity. The network as it is
 * comes first, whether the values name it or not.
 *
 * @param kind what the values are
 * @param values one or more, ascending
 */
public record SweepLevels(Kind kind, List<BigDecimal> values) {
  /** What a level is. */
  public enum Kind {
    /** Share of zeros, in [0, 1). */
    SPARSITY,
    /** Threshold over the standard deviation of the layer, 0 or more. */
    QUALITY
  }

  /** Eleven sparsities, closer where the curves bend. */
  public static final SweepLevels DEFAULT =
      new SweepLevels(
          Kind.SPARSITY,
          Stream.of("0", "0.3", "0.5", "0.6", "0.7", "0.8", "0.85", "0.9", "0.94", "0.97", "0.99")
              .map(BigDecimal::new)
              .toList());

  /** Refuses no levels, and levels that do not ascend. */
  public SweepLevels {
    values = List.copyOf(values);
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
        throw new IllegalArgumentException("found levels " + values + "; expected ascending ones");
      }
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("found no levels; expected one or more");
    }
  }

  /** The levels as criteria for one layer; the first is that of the network as it is. */
  public List<PruningCriterion> criteria() {
    List<PruningCriterion> criteria = new ArrayList<>();
    if (values.get(0).signum() > 0) {
      criteria.add(new TargetSparsity(PerLayer.all(Sparsity.ZERO)));
    }
    values.forEach(value -> criteria.add(criterion(value)));
    return criteria;
  }

  private PruningCriterion criterion(BigDecimal value) {
    return switch (kind) {
      case SPARSITY -> new TargetSparsity(PerLayer.all(new Sparsity(value)));
      case QUALITY -> new QualityParameter(PerLayer.all(value));
    };
  }

  /** The job file's value of {@code sweep.levels}. */
  public Map<String, Object> toOptions() {
    return Map.of(kind == Kind.SPARSITY ? "sparsity" : "quality", values);
  }
}
