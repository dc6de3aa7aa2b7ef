package io.secateur.job;

import io.secateur.config.DropoutPolicy;
import io.secateur.config.JobOptions;
import io.secateur.config.TrainOptions;
import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingState;

/** Dense training: all epochs, the last one is kept. */
final class DensePhase {
  private static final String STAGE = "train";

  private final JobOptions options;
  private final JobEnvironment environment;
  private final LabelledImages validation;
  private final DataParallelTrainer trainer;

  DensePhase(
      JobOptions options,
      JobEnvironment environment,
      LabelledImages validation,
      DataParallelTrainer trainer) {
    this.options = options;
    this.environment = environment;
    this.validation = validation;
    this.trainer = trainer;
  }

  NetworkParameters run(SourceNetwork network) {
    TrainOptions train = options.train();
    trainer.begin(TrainingState.startingFrom(network.parameters().copy()), network.mask());
    EpochClock clock = new EpochClock(trainer, options.roundMinibatches());
    StageReporter reporter = new StageReporter(environment, STAGE, train.epochs());
    for (int epoch = 0; epoch < train.epochs(); epoch++) {
      RoundOutcome total = new RoundOutcome(0, 0);
      for (int round = 0; round < clock.roundsPerEpoch(); round++) {
        environment.gate().requireOpen();
        double done = epoch + clock.doneBefore(round);
        double rate = train.decay().rate(train.learningRate(), done / train.epochs(), done);
        total =
            total.plus(
                trainer.round(
                    new RoundSettings(
                        0,
                        epoch,
                        round,
                        options.roundMinibatches(),
                        rate,
                        train.momentum(),
                        train.l1(),
                        train.l2(),
                        DropoutPolicy.UNCHANGED)));
      }
      Evaluation evaluation = trainer.evaluate(validation);
      reporter.epoch(0, 0, epoch + 1, evaluation, 1 - density(network), total);
    }
    return trainer.state().parameters();
  }

  private static double density(SourceNetwork network) {
    long before = network.weightsBeforePruning().values().stream().mapToLong(Long::longValue).sum();
    return (double) network.mask().cardinality() / before;
  }
}
