package io.secateur.train.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/** Takes out of a foreign configuration what the job's options decide. */
final class ForeignOptions {
  private ForeignOptions() {}

  /**
   * Changes the configuration in place.
   *
   * @return one line on what is replaced or left out, if anything
   */
  static Optional<String> replace(Dl4jConfiguration configuration, boolean normalizer) {
    Set<String> replaced = new TreeSet<>();
    for (NamedLayer named : configuration.layers()) {
      NeuralNetConfiguration conf = named.conf();
      Layer layer = named.layer();
      if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
        replaced.add("constraints");
        layer.setConstraints(null);
      }
      if (layer instanceof BaseLayer base) {
        replaceIn(base, replaced);
      }
      conf.setMiniBatch(true);
      conf.setMinimize(true);
      conf.setOptimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
      conf.setIterationCount(0);
      conf.setEpochCount(0);
      conf.setDataType(DataType.FLOAT);
    }
    configuration.trainPlainly();
    if (normalizer) {
      replaced.add("normalizer (the job scales pixels to [0, 1])");
    }
    return replaced.isEmpty()
        ? Optional.empty()
        : Optional.of("of the file, the job's options replace: " + String.join(", ", replaced));
  }

  private static void replaceIn(BaseLayer layer, Set<String> replaced) {
    IUpdater updater = layer.getIUpdater();
    if (updater != null && !(updater instanceof NoOp)) {
      replaced.add("updater " + updater.getClass().getSimpleName());
    }
    if (updater != null
        && updater.hasLearningRate()
        && !Double.isNaN(updater.getLearningRate(0, 0))
        && updater.getLearningRate(0, 0) != updater.getLearningRate(1_000_000, 1_000)) {
      replaced.add("learning-rate schedule");
    }
    layer.setIUpdater(new NoOp());
    layer.setBiasUpdater(null);
    if (hasEntries(layer.getRegularization()) || hasEntries(layer.getRegularizationBias())) {
      replaced.add("regularisation");
    }
    layer.setRegularization(new ArrayList<>());
    layer.setRegularizationBias(new ArrayList<>());
    if (layer.getGradientNormalization() != null
        && layer.getGradientNormalization() != GradientNormalization.None) {
      replaced.add("gradient normalisation");
    }
    layer.setGradientNormalization(GradientNormalization.None);
  }

  private static boolean hasEntries(List<?> list) {
    return list != null && !list.isEmpty();
  }
}
