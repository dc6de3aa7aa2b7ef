package io.secateur.config;

import io.secateur.schedule.LearningRateDecay;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dense training.
 *
 * @param epochs at least 1
 * @param batchSize examples of a minibatch of one partition, at least 1
 * @param learningRate above 0
 * @param momentum Nesterov, in [0, 1)
 * @param l1 weight of |w| in the loss' gradient, 0 or more
 * @param l2 weight decay in the gradient, 0 or more
 * @param decay of the learning rate over the epochs
 * @param loop of training and retraining
 * @param engine of training
 */
public record TrainOptions(
    int epochs,
    int batchSize,
    double learningRate,
    double momentum,
    double l1,
    double l2,
    LearningRateDecay decay,
    Loop loop,
    EngineChoice engine) {
  TrainOptions on(EngineChoice chosen) {
    return new TrainOptions(epochs, batchSize, learningRate, momentum, l1, l2, decay, loop, chosen);
  }

  TrainOptions penalised(double otherL1, double otherL2) {
    return new TrainOptions(
        epochs, batchSize, learningRate, momentum, otherL1, otherL2, decay, loop, engine);
  }

  /** The keys and values of the job file's {@code train}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("epochs", epochs);
    options.put("batch-size", batchSize);
    options.put("learning-rate", learningRate);
    options.put("momentum", momentum);
    options.put("l1", l1);
    options.put("l2", l2);
    options.put("decay", decay.toOptions());
    options.put("loop", loop.wireName());
    options.put("engine", engine.wireName());
    return options;
  }
}
