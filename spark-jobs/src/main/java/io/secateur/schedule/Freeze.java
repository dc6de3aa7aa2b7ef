package io.secateur.schedule;

import io.secateur.network.Topology;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which layers stand still while the others retrain: their weights and biases do not move, cuts
 * still cut them. Han et al. 2015 (section 3.3) hold the convolutions while they retrain the dense
 * layers, and the other way round.
 */
public sealed interface Freeze permits FreezeRule, Freeze.Layers {
  /**
   * The layers that are frozen in a turn.
   *
   * @param turn cuts made before the last one; after the last cut of all, one more for each epoch
   *     of the hold that is over
   */
  Set<String> layers(Topology network, int turn);

  /** Layers that are named and that a network with these does not have. */
  default List<String> unknownLayers(Collection<String> known) {
    return List.of();
  }

  /** The job file's value of {@code freeze}. */
  Object toOptions();

  /**
   * Some layers, always.
   *
   * @param names of layers with weights, one or more
   */
  record Layers(Set<String> names) implements Freeze {
    /** Copies the set; refuses an empty one. */
    public Layers {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("found no layers to freeze; expected one or more");
      }
      names = new LinkedHashSet<>(names);
    }

    @Override
    public Set<String> layers(Topology network, int turn) {
      return names;
    }

    @Override
    public List<String> unknownLayers(Collection<String> known) {
      return names.stream().filter(name -> !known.contains(name)).toList();
    }

    @Override
    public Object toOptions() {
      return List.copyOf(names);
    }
  }
}
