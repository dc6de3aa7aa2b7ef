package io.secateur.prune;

import io.secateur.schedule.SparsitySchedule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to prune, by which criterion, and when.
 *
 * @param scope global takes one sparsity or threshold, layer-adaptive one sparsity: no quality
 *     parameters, no values per layer
 * @param criterion how much goes
 * @param exclude layers that are left alone; not with scope per-layer
 * @param schedule when it goes
 * @param deadNeurons what becomes of neurons that are cut off, at the end
 */
public record PruneOptions(
    PruningScope scope,
    PruningCriterion criterion,
    Set<String> exclude,
    SparsitySchedule schedule,
    DeadNeuronPolicy deadNeurons) {
  /** Copies the set and refuses combinations without a meaning. */
  public PruneOptions {
    exclude = Collections.unmodifiableSet(new LinkedHashSet<>(exclude));
    if (scope == PruningScope.PER_LAYER) {
      if (!exclude.isEmpty()) {
        throw new IllegalArgumentException(
            "found exclude with scope per-layer; expected it with another scope");
      }
    } else if (!criterion.allows(scope) || !criterion.namedLayers().isEmpty()) {
      throw new IllegalArgumentException(
          "found scope %s with %s%s; expected one value that it can take"
              .formatted(
                  scope.wireName(),
                  criterion.key(),
                  criterion.namedLayers().isEmpty() ? "" : " per layer"));
    }
  }

  /** Neurons that are cut off stay. */
  public PruneOptions(
      PruningScope scope,
      PruningCriterion criterion,
      Set<String> exclude,
      SparsitySchedule schedule) {
    this(scope, criterion, exclude, schedule, DeadNeuronPolicy.KEEP);
  }

  /** The same with another criterion. */
  public PruneOptions with(PruningCriterion other) {
    return new PruneOptions(scope, other, exclude, schedule, deadNeurons);
  }

  /** A layer name and the option it stands in, such as {@code quality}. */
  public record LayerUse(String key, String layer) {}

  /** The layer names used here that a network does not have, in the order written. */
  public List<LayerUse> unknownLayers(Collection<String> known) {
    List<LayerUse> unknown = new ArrayList<>();
    for (String layer : criterion.namedLayers()) {
      if (!known.contains(layer)) {
        unknown.add(new LayerUse(criterion.key(), layer));
      }
    }
    for (String layer : exclude) {
      if (!known.contains(layer)) {
        unknown.add(new LayerUse("exclude", layer));
      }
    }
    return unknown;
  }

  /** The keys and values of the job file's {@code prune}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("scope", scope.wireName());
    if (!exclude.isEmpty()) {
      options.put("exclude", List.copyOf(exclude));
    }
    options.putAll(criterion.toOptions());
    options.put("schedule", schedule.toOptions());
    options.put("dead-neurons", deadNeurons.wireName());
    return options;
  }
}
