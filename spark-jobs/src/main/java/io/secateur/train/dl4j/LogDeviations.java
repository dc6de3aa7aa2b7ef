package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * Batch normalisation's running statistic as DL4J keeps it by default: log10 of the standard
 * deviation. A topology has the variance, and so has a network that was read: DL4J moves both forms
 * alike, and variances are what an average over workers is meant for.
 */
final class LogDeviations {
  private final List<String> nodes;

  private LogDeviations(List<String> nodes) {
    this.nodes = nodes;
  }

  /** Changes the configurations of layers to variances; their parameters are to follow. */
  static LogDeviations replacedIn(List<NamedLayer> layers) {
    List<String> nodes = new ArrayList<>();
    for (NamedLayer named : layers) {
      if (named.layer() instanceof BatchNormalization norm && norm.isUseLogStd()) {
        norm.setUseLogStd(false);
        nodes.add(named.node());
      }
    }
    return new LogDeviations(List.copyOf(nodes));
  }

  /** Changes the statistics of those layers: 10^(2 x). */
  void becomeVariances(NetworkParameters parameters) {
    for (String node : nodes) {
      ParameterTensor tensor =
          parameters.layout().tensor(LayerNames.parameter(node, "var")).orElseThrow();
      becomeVariances(parameters.others(), tensor.offset(), tensor.elements());
    }
  }

  /** Changes a tensor's values if it is one of those statistics. */
  void becomeVariance(ParameterTensor tensor, float[] values, int from) {
    if (nodes.contains(tensor.layer())
        && tensor.name().equals(LayerNames.parameter(tensor.layer(), "var"))) {
      becomeVariances(values, from, tensor.elements());
    }
  }

  private static void becomeVariances(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      values[i] = (float) Math.pow(10, 2 * (double) values[i]);
    }
  }
}
