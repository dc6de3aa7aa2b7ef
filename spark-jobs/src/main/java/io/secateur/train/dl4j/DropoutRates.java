package io.secateur.train.dl4j;

import io.secateur.config.DropoutPolicy;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.train.DropoutDensity;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The dropouts of a network's layers, switched between the dense network's and {@link
 * DropoutDensity}'s. DL4J's number is the probability that a value is kept. DL4J drops what a layer
 * reads, so the connections are those of the layer that has the dropout or, for one without
 * weights, of the next that has some.
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
    List<Adjustable> layers = new ArrayList<>();
    for (NamedLayer named : network) {
      Layer layer = named.layer();
      if (layer.getIDropout() instanceof Dropout original && original.getPSchedule() == null) {
        double density = DropoutDensity.from(named.node(), topology, mask);
        double kept = DropoutDensity.kept(original.getP(), density);
        layers.add(new Adjustable(layer, original, new Dropout(kept)));
      }
    }
    return new DropoutRates(List.copyOf(layers));
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
