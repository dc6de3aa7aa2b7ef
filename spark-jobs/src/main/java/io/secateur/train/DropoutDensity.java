package io.secateur.train;

import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import java.util.HashSet;
import java.util.Set;

/**
 * Dropout that follows the density of its layer: D_r = D_o sqrt(C_r / C_o), C the layer's
 * connections before and after pruning (Han et al. 2015, section 3.2). D is the probability that a
 * value is dropped. The layer is the one that reads the values; in a graph, the next on every way.
 */
public final class DropoutDensity {
  private DropoutDensity() {}

  /** The probability to keep a value at a density, from the one in the dense network. */
  public static double kept(double keptInDense, double density) {
    return 1 - (1 - keptInDense) * Math.sqrt(density);
  }

  /** The density of a node's weights, or of the first that there are on all ways from it. */
  public static double from(String node, Topology topology, Mask mask) {
    ParameterLayout layout = ParameterLayout.of(topology);
    Set<String> reached = new HashSet<>(Set.of(node));
    long connections = 0;
    long surviving = 0;
    for (Node next : topology.nodes()) {
      boolean reads = next.inputs().stream().anyMatch(reached::contains);
      if (!reads && !next.name().equals(node)) {
        continue;
      }
      long weights = 0;
      for (ParameterTensor tensor : layout.weights()) {
        if (tensor.layer().equals(next.name())) {
          weights += tensor.elements();
          surviving += mask.slice(tensor.offset(), tensor.elements()).cardinality();
        }
      }
      connections += weights;
      if (weights == 0) {
        reached.add(next.name());
      } else {
        reached.remove(next.name());
      }
    }
    return connections == 0 ? 1 : (double) surviving / connections;
  }
}
