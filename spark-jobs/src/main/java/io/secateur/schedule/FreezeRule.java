package io.secateur.schedule;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.Topology;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule that finds the layers to freeze by their kind. */
public enum FreezeRule implements Freeze {
  /** Every layer learns. */
  NONE,
  /** Convolutions stand still. */
  CONV,
  /** Dense layers stand still. */
  FC,
  /** In turns: convolutions after the first cut, dense layers after the second, and so on. */
  ALTERNATE;

  @Override
  public Set<String> layers(Topology network, int turn) {
    return switch (this) {
      case NONE -> Set.of();
      case CONV -> ofKind(network, NodeKind.CONVOLUTION);
      case FC -> ofKind(network, NodeKind.DENSE);
      case ALTERNATE -> (turn % 2 == 0 ? CONV : FC).layers(network, turn);
    };
  }

  private static Set<String> ofKind(Topology network, NodeKind kind) {
    return network.nodes().stream()
        .filter(node -> node.kind() == kind)
        .map(Node::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String toOptions() {
    return name().toLowerCase(Locale.ROOT);
  }
}
