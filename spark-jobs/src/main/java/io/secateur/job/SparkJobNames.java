package io.secateur.job;

import io.secateur.train.RoundSettings;

/** What the job does at the moment, as a sentence for Spark's pages and logs. */
final class SparkJobNames {
  private final String model;
  private final int denseEpochs;
  private final int steps;

  /**
   * @param denseEpochs the epochs before pruning begins
   * @param steps the cuts of the whole job
   */
  SparkJobNames(String model, int denseEpochs, int steps) {
    this.model = model;
    this.denseEpochs = denseEpochs;
    this.steps = steps;
  }

  /**
   * Such as "lenet-5: retrain step 3/5, epoch 2, round 14/47".
   *
   * @param rounds of an epoch
   */
  String round(RoundSettings settings, int rounds) {
    String stage = settings.step() == 0 ? "train" : "retrain step " + settings.step() + "/" + steps;
    int epoch = settings.step() == 0 ? settings.epoch() : settings.epoch() - denseEpochs;
    return of(
        stage + ", epoch " + (epoch + 1) + ", round " + (settings.round() + 1) + "/" + rounds);
  }

  String of(String what) {
    return model + ": " + what;
  }
}
