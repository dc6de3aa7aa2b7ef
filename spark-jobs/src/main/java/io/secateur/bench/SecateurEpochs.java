package io.secateur.bench;

import io.secateur.config.DropoutPolicy;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TimeSplit;
import java.util.ArrayList;
import java.util.List;

/** Epochs through one of our trainers on Spark, as a job runs them: rounds, averages, updates. */
final class SecateurEpochs implements Contestant {
  private final String name;
  private final double scale;
  private final DataParallelTrainer trainer;
  private final int roundMinibatches;
  private final int cores;
  private final List<TimeSplit> splits = new ArrayList<>();

  /**
   * Epochs that go on from the state that the trainer holds.
   *
   * @param scale all examples over those that the trainer has
   * @param trainer is closed with this
   * @param cores that the workers can use at once
   */
  SecateurEpochs(
      String name, double scale, DataParallelTrainer trainer, int roundMinibatches, int cores) {
    this.name = name;
    this.scale = scale;
    this.trainer = trainer;
    this.roundMinibatches = roundMinibatches;
    this.cores = cores;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double seconds() {
    int epoch = splits.size();
    int rounds = (trainer.minibatchesPerEpoch() + roundMinibatches - 1) / roundMinibatches;
    RoundOutcome total = new RoundOutcome(0, 0);
    long epochStart = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      RoundOutcome outcome =
          trainer.round(
              new RoundSettings(
                  0, epoch, round, roundMinibatches, 0.02, 0.9, 0, 1e-4, DropoutPolicy.UNCHANGED));
      total = total.plus(outcome.in(System.nanoTime() - start, cores));
    }
    double seconds = scale * (System.nanoTime() - epochStart) / 1e9;
    splits.add(total.time());
    return seconds;
  }

  /** Where the time of the counted epochs went. */
  List<TimeSplit> splits() {
    return splits.subList(1, splits.size());
  }

  @Override
  public void close() {
    trainer.close();
  }
}
