package io.secateur.config;

import io.secateur.schedule.Freeze;
import io.secateur.schedule.LearningRateDecay;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Retraining between and after cuts.
 *
 * @param batchSize examples of a minibatch of one partition, at least 1
 * @param momentum Nesterov, in [0, 1)
 * @param engine of retraining
 * @param learningRateFactor above 0; the rate is train's times this, constant while cutting
 * @param holdDecay of the rate over the epochs after the last cut
 * @param l1 weight of |w| in the gradient, 0 or more
 * @param l2 weight decay in the gradient, 0 or more
 * @param dropout what happens to the network's dropout
 * @param freeze which layers stand still
 * @param keep which epoch is published
 */
public record RetrainOptions(
    int batchSize,
    double momentum,
    EngineChoice engine,
    double learningRateFactor,
    LearningRateDecay holdDecay,
    double l1,
    double l2,
    DropoutPolicy dropout,
    Freeze freeze,
    Keep keep) {
  RetrainOptions on(EngineChoice chosen) {
    return new RetrainOptions(
        batchSize, momentum, chosen, learningRateFactor, holdDecay, l1, l2, dropout, freeze, keep);
  }

  RetrainOptions penalised(double otherL1, double otherL2) {
    return new RetrainOptions(
        batchSize,
        momentum,
        engine,
        learningRateFactor,
        holdDecay,
        otherL1,
        otherL2,
        dropout,
        freeze,
        keep);
  }

  /** The keys and values of the job file's {@code retrain}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("batch-size", batchSize);
    options.put("momentum", momentum);
    options.put("engine", engine.wireName());
    options.put("learning-rate-factor", learningRateFactor);
    options.put("hold-decay", holdDecay.toOptions());
    options.put("l1", l1);
    options.put("l2", l2);
    options.put("dropout", dropout.wireName());
    options.put("freeze", freeze.toOptions());
    options.put("keep", keep.wireName());
    return options;
  }
}
