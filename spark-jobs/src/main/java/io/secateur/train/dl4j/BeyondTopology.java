package io.secateur.train.dl4j;

import io.secateur.train.NetworkDefinition;
import java.util.Optional;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** What a DL4J configuration does that its topology does not say. */
public final class BeyondTopology {
  private BeyondTopology() {}

  /**
   * The first thing by which training differs from what the topology says (plain dropout, the mean
   * cross-entropy of a softmax), naming the layer.
   */
  public static Optional<String> of(NetworkDefinition definition) {
    for (NamedLayer named : Dl4jConfiguration.fromJson(definition.dl4jConfiguration()).layers()) {
      Optional<String> more = beyond(named.layer());
      if (more.isPresent()) {
        return Optional.of("layer " + named.node() + " with " + more.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> beyond(Layer layer) {
    IDropout dropout = layer.getIDropout();
    if (dropout != null && !(dropout instanceof Dropout plain && plain.getPSchedule() == null)) {
      return Optional.of(
          dropout instanceof Dropout
              ? "a schedule of its dropout"
              : dropout.getClass().getSimpleName());
    }
    if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
      return Optional.of("weight noise");
    }
    if (layer instanceof BaseOutputLayer output && !isCrossEntropy(output.getLossFn())) {
      return Optional.of("the loss " + output.getLossFn());
    }
    return Optional.empty();
  }

  private static boolean isCrossEntropy(ILossFunction loss) {
    return (loss.getClass() == LossMCXENT.class
            || loss.getClass() == LossNegativeLogLikelihood.class)
        && ((LossMCXENT) loss).getWeights() == null;
  }
}
