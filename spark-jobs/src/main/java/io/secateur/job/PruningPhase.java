package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.RetrainOptions;
import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.PruneOutcome;
import io.secateur.prune.Pruner;
import io.secateur.report.JobResult;
import io.secateur.report.JobResult.Phase;
import io.secateur.report.StepReport;
import io.secateur.schedule.Cut;
import io.secateur.schedule.CutPlan;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingState;

/**
 * Cuts and retrains by the schedule's plan. The learning rate is constant while cutting and decays
 * over the epochs after the last cut; momentum is zero when pruning begins, and survivors keep
 * theirs at later cuts.
 */
final class PruningPhase {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final LabelledImages validation;
  private final DataParallelTrainer trainer;
  private final EpochClock clock;
  private final CutPlan plan;

  private Pruner pruner;
  private Mask mask;
  private PruneOutcome outcome;
  private Cut cut;
  private JobResult.Step openStep;
  private long cutNanos;
  private int wholeEpochs;

  PruningPhase(
      JobOptions options,
      JobEnvironment environment,
      LabelledImages validation,
      DataParallelTrainer trainer) {
    this.options = options;
    this.environment = environment;
    this.validation = validation;
    this.trainer = trainer;
    this.clock = new EpochClock(trainer, options.roundMinibatches());
    this.plan =
        options.requirePrune().schedule().plan(clock.minibatches(), options.roundMinibatches());
  }

  PrunedNetwork run(SourceNetwork network) {
    TrainingState state = TrainingState.startingFrom(network.parameters().copy());
    mask = network.mask();
    pruner =
        Pruner.begin(
            options.requirePrune(), state.parameters(), mask, network.weightsBeforePruning());
    trainer.begin(state, mask);
    BestEpoch best = new BestEpoch(options.retrain().keep(), plan.holdEpochs());
    StageReporter reporter = new StageReporter(environment, "prune", plan.epochs());
    int next = 0;
    Evaluation last = null;
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      RoundOutcome total = new RoundOutcome(0, 0);
      for (int round = 0; round < clock.roundsPerEpoch(); round++) {
        environment.gate().requireOpen();
        if (isDue(next, epoch * clock.roundsPerEpoch() + round)) {
          cut(plan.cuts().get(next++));
        }
        total = total.plus(train(epoch, round));
      }
      last = evaluate();
      wholeEpochs++;
      reporter.epoch(cut.step(), cut.steps(), epoch + 1, last, outcome.sparsity(), total);
      if (epoch >= plan.cuttingEpochs() && best.isBest(epoch - plan.cuttingEpochs(), last)) {
        trainer.keep();
      }
    }
    while (next < plan.cuts().size()) {
      cut(plan.cuts().get(next++));
      last = null;
    }
    closeStep(last == null ? evaluate() : last);
    NetworkParameters kept = trainer.kept().orElseGet(() -> trainer.state().parameters());
    return new PrunedNetwork(kept, outcome.layers(), pruner.sigmas());
  }

  private boolean isDue(int next, int round) {
    return next < plan.cuts().size() && plan.cuts().get(next).round() == round;
  }

  private Evaluation evaluate() {
    return trainer.evaluate(validation);
  }

  private void cut(Cut made) {
    if (cut != null) {
      closeStep(evaluate());
    }
    long start = System.nanoTime();
    TrainingState state = trainer.state();
    outcome = pruner.prune(state.parameters(), mask, made.fraction());
    mask = outcome.mask();
    state.apply(mask);
    trainer.begin(state, mask);
    environment.result().took(Phase.PRUNE, JobSession.since(start));
    cut = made;
    cutNanos = System.nanoTime();
    wholeEpochs = 0;
    double afterCut = evaluate().errorPercent();
    openStep = new JobResult.Step(made.step(), outcome.sparsity(), afterCut, null, 0, 0);
    long weights = outcome.layers().stream().mapToLong(layer -> layer.weights()).sum();
    environment
        .listener()
        .pruned(
            new StepReport(
                made.step(), made.steps(), outcome.sparsity(), mask.cardinality(), weights));
  }

  private void closeStep(Evaluation after) {
    double seconds = JobSession.since(cutNanos).toMillis() / 1000.0;
    environment
        .result()
        .step(
            new JobResult.Step(
                openStep.step(),
                openStep.sparsity(),
                openStep.validationErrorBefore(),
                after.errorPercent(),
                wholeEpochs,
                seconds))
        .took(Phase.RETRAIN, JobSession.since(cutNanos));
  }

  private RoundOutcome train(int epoch, int round) {
    RetrainOptions retrain = options.retrain();
    double rate = options.train().learningRate() * retrain.learningRateFactor();
    if (epoch >= plan.cuttingEpochs()) {
      double done = epoch - plan.cuttingEpochs() + clock.doneBefore(round);
      rate = retrain.holdDecay().rate(rate, done / plan.holdEpochs(), done);
    }
    return trainer.round(
        new RoundSettings(
            cut.step(),
            options.train().epochs() + epoch,
            round,
            options.roundMinibatches(),
            rate,
            retrain.momentum(),
            retrain.l1(),
            retrain.l2(),
            retrain.dropout()));
  }
}
