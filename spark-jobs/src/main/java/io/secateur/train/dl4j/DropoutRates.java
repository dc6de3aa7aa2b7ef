package io.secateur.train.dl4j;

import io.secateur.config.DropoutPolicy;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Dropout that follows the density of its layer: D_r = D_o sqrt(C_r / C_o), C the layer's
 * connections before and after pruning (Han et al. 2015, section 3.2). D is the probability that a
 * value is dropped; DL4J's number is the one that it is kept. DL4J drops what a layer reads, so the
 * connections are those of the layer that has the dropout or, for one without weights, of the next
 * that has some.
 */
final class DropoutRates {
  private final List<Adjustable> layers;
  private DropoutPolicy current = DropoutPolicy.UNCHANGED;

  private record Adjustable(Layer layer, Dropout original, Dropout adjusted) {}

  private DropoutRates(List<Adjustable> layers) {
    this.layers = layers;
  }

  /** The dropouts of a configuration whose layers have the densities of this mask. */
  static DropoutRates of(MultiLayerConfiguration configuration, ParameterLayout layout, Mask mask) {
    List<String> names = LayerNames.of(configuration);
    List<Adjustable> layers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      if (layer.getIDropout() instanceof Dropout original && original.getPSchedule() == null) {
        double density = densityFrom(i, names, layout, mask);
        layers.add(new Adjustable(layer, original, new Dropout(kept(original.getP(), density))));
      }
    }
    return new DropoutRates(List.copyOf(layers));
  }

  /** The probability to keep a value at a density, from the one in the dense network. */
  static double kept(double keptInDense, double density) {
    return 1 - (1 - keptInDense) * Math.sqrt(density);
  }

  private static double densityFrom(
      int first, List<String> names, ParameterLayout layout, Mask mask) {
    for (String name : names.subList(first, names.size())) {
      long connections = 0;
      long surviving = 0;
      for (ParameterTensor tensor : layout.weights()) {
        if (tensor.layer().equals(name)) {
          connections += tensor.elements();
          surviving += mask.slice(tensor.offset(), tensor.elements()).cardinality();
        }
      }
      if (connections > 0) {
        return (double) surviving / connections;
      }
    }
    return 1;
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
