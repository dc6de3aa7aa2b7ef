package io.secateur.job;

import io.secateur.checkpoint.Checkpoint;
import io.secateur.checkpoint.JobPhase;
import io.secateur.checkpoint.Position;
import io.secateur.checkpoint.ValidatedEpoch;
import io.secateur.config.DropoutPolicy;
import io.secateur.config.JobOptions;
import io.secateur.config.TrainOptions;
import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.report.Phase;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingState;
import java.util.Optional;

/** Dense training: all epochs, the last one is kept. */
final class DensePhase {
  private static final String STAGE = "train";

  private final JobOptions options;
  private final JobEnvironment environment;
  private final LabelledImages validation;
  private final DataParallelTrainer trainer;
  private final Checkpoints checkpoints;

  DensePhase(
      JobOptions options,
      JobEnvironment environment,
      LabelledImages validation,
      DataParallelTrainer trainer,
      Checkpoints checkpoints) {
    this.options = options;
    this.environment = environment;
    this.validation = validation;
    this.trainer = trainer;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains on from an earlier run's checkpoint, or from the weights that the network has.
   *
   * @param lap runs since the phase began
   */
  NetworkParameters run(SourceNetwork network, PhaseLap lap) {
    int epochs = options.train().epochs();
    Optional<Checkpoint> found = checkpoints.found(JobPhase.TRAINING);
    trainer.begin(
        found
            .map(Checkpoint::state)
            .orElseGet(() -> TrainingState.startingFrom(network.parameters().copy())),
        network.mask());
    EpochClock clock = new EpochClock(trainer, options.roundMinibatches());
    StageReporter reporter =
        new StageReporter(environment, STAGE, epochs, environment.result().spent(Phase.TRAIN));
    try {
      for (int epoch = found.map(at -> at.position().epoch()).orElse(0); epoch < epochs; epoch++) {
        RoundOutcome total = train(epoch, clock);
        Evaluation evaluation = trainer.evaluate(validation);
        reporter.epoch(0, 0, epoch + 1, evaluation, 1 - density(network), total);
        checkpoints.validated(ValidatedEpoch.of(STAGE, 0, epoch + 1, evaluation));
        lap.add(Phase.TRAIN);
        Position next = Position.beforeEpoch(JobPhase.TRAINING, epoch + 1);
        if (epoch + 1 < epochs) {
          checkpoints.writer().afterEpoch(() -> checkpoint(next, network));
        }
      }
    } finally {
      lap.add(Phase.TRAIN);
    }
    Position end = Position.beforeEpoch(JobPhase.TRAINED, epochs);
    checkpoints.writer().write(() -> checkpoint(end, network));
    return trainer.state().parameters();
  }

  private Checkpoint checkpoint(Position position, SourceNetwork network) {
    return checkpoints.of(
        position, trainer.state(), network.mask(), Optional.empty(), Optional.empty());
  }

  private RoundOutcome train(int epoch, EpochClock clock) {
    TrainOptions train = options.train();
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
    return total;
  }

  private static double density(SourceNetwork network) {
    long before = network.weightsBeforePruning().values().stream().mapToLong(Long::longValue).sum();
    return (double) network.mask().cardinality() / before;
  }
}
