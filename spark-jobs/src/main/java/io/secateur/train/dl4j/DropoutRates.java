package io.secateur.train.dl4j;

import io.secateur.config.DropoutPolicy;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Dropout that follows the density of its layer: D_r = D_o sqrt(C_r / C_o), C the layer's
 * connections before and after pruning (Han et al. 2015, section 3.2). D is the probability that a
 * value is dropped; DL4J's number is the one that it is kept. DL4J drops what a layer reads, so the
 * connections are those of the layer that has the dropout or, for one without weights, of the next
 * that has some (in a graph, of the next on every way).
 */
final class DropoutRates {
  private final List<Adjustable> layers;
  private DropoutPolicy current = DropoutPolicy.UNCHANGED;

  private record Adjustable(Layer layer, Dropout original, Dropout adjusted) {}

  private DropoutRates(List<Adjustable> layers) {
    this.layers = layers;
  }

  /** The dropouts of a network's layers, which have the densities of this mask. */
  static DropoutRates of(List<NamedLayer> network, Topology topology, Mask mask) {
    ParameterLayout layout = ParameterLayout.of(topology);
    List<Adjustable> layers = new ArrayList<>();
    for (NamedLayer named : network) {
      Layer layer = named.layer();
      if (layer.getIDropout() instanceof Dropout original && original.getPSchedule() == null) {
        double density = densityFrom(named.node(), topology, layout, mask);
        layers.add(new Adjustable(layer, original, new Dropout(kept(original.getP(), density))));
      }
    }
    return new DropoutRates(List.copyOf(layers));
  }

  /** The probability to keep a value at a density, from the one in the dense network. */
  static double kept(double keptInDense, double density) {
    return 1 - (1 - keptInDense) * Math.sqrt(density);
  }

  /** The density of a node's weights, or of the first that there are on all ways from it. */
  private static double densityFrom(
      String node, Topology topology, ParameterLayout layout, Mask mask) {
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

  /** Makes the configuration's dropouts those of a policy. */
  void follow(DropoutPolicy policy) {
    if (policy == current) {
      return;
    }
    for (Adjustable one : layers) {
      one.layer().setIDropout(policy == DropoutPolicy.ADJUST ? one.adjusted() : one.original());
    }
    current = policy;
  }
}
