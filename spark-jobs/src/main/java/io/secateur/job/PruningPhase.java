package io.secateur.job;

import io.secateur.checkpoint.Checkpoint;
import io.secateur.checkpoint.CutProgress;
import io.secateur.checkpoint.JobPhase;
import io.secateur.checkpoint.Position;
import io.secateur.checkpoint.ValidatedEpoch;
import io.secateur.config.JobOptions;
import io.secateur.config.RetrainOptions;
import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.prune.PruneOutcome;
import io.secateur.prune.Pruner;
import io.secateur.report.JobResult;
import io.secateur.report.Phase;
import io.secateur.report.StepReport;
import io.secateur.report.WeightHistogram;
import io.secateur.schedule.Cut;
import io.secateur.schedule.CutPlan;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingState;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts and retrains by the schedule's plan. The learning rate is constant while cutting and decays
 * over the epochs after the last cut; momentum is zero when pruning begins, and survivors keep
 * theirs at later cuts.
 */
final class PruningPhase {
  private static final String STAGE = "prune";

  private final JobOptions options;
  private final JobEnvironment environment;
  private final LabelledImages validation;
  private final DataParallelTrainer trainer;
  private final Checkpoints checkpoints;
  private final BestEpoch best;
  private final PhaseLap lap;
  private final EpochClock clock;
  private final CutPlan plan;

  private Topology topology;
  private Pruner pruner;
  private Mask mask;
  private PruneOutcome outcome;
  private Cut cut;
  private int next;
  private JobResult.Step openStep;
  private long cutNanos;
  private int wholeEpochs;
  private Map<String, WeightHistogram> histograms = Map.of();

  PruningPhase(
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
    this.lap = new PhaseLap(environment.result());
    this.clock = new EpochClock(trainer, options.roundMinibatches());
    this.plan =
        options.requirePrune().schedule().plan(clock.minibatches(), options.roundMinibatches());
    this.best = new BestEpoch(options.retrain().keep(), plan.holdEpochs());
  }

  /** Goes on from an earlier run's checkpoint, or begins with this network. */
  PrunedNetwork run(SourceNetwork network) {
    topology = network.definition().topology();
    StageReporter reporter =
        new StageReporter(
            environment,
            STAGE,
            plan.epochs(),
            environment
                .result()
                .spent(Phase.PRUNE)
                .plus(environment.result().spent(Phase.RETRAIN)));
    Optional<Checkpoint> found = checkpoints.found(JobPhase.PRUNING);
    found.ifPresentOrElse(checkpoint -> goOn(checkpoint, network), () -> begin(network));
    Position at = found.map(Checkpoint::position).orElse(beforeEpoch(0));
    Evaluation last = null;
    for (; at.epoch() < plan.epochs(); at = beforeEpoch(at.epoch() + 1)) {
      int epoch = at.epoch();
      RoundOutcome total = retrain(at);
      last = evaluate();
      wholeEpochs++;
      reporter.epoch(cut.step(), cut.steps(), epoch + 1, last, outcome.sparsity(), total);
      if (epoch >= plan.cuttingEpochs() && best.isBest(epoch - plan.cuttingEpochs(), last)) {
        trainer.keep();
      }
      checkpoints.validated(ValidatedEpoch.of(STAGE, cut.step(), epoch + 1, last));
      lap.add(Phase.RETRAIN);
      checkpoints.writer().afterEpoch(() -> checkpoint(beforeEpoch(epoch + 1)));
    }
    while (next < plan.cuts().size()) {
      cut(plan.cuts().get(next++));
      last = null;
    }
    closeStep(last == null ? evaluate() : last);
    PrunedNetwork pruned =
        new PrunedNetwork(
            trainer.kept().orElseGet(() -> trainer.state().parameters()),
            outcome.layers(),
            pruner.sigmas(),
            histograms);
    checkpoints.writer().write(() -> end(pruned.parameters()));
    return pruned;
  }

  private static Position beforeEpoch(int epoch) {
    return Position.beforeEpoch(JobPhase.PRUNING, epoch);
  }

  private void begin(SourceNetwork network) {
    TrainingState state = TrainingState.startingFrom(network.parameters().copy());
    mask = network.mask();
    pruner =
        Pruner.begin(
            options.requirePrune(), state.parameters(), mask, network.weightsBeforePruning());
    trainer.begin(state, mask);
  }

  private void goOn(Checkpoint checkpoint, SourceNetwork network) {
    CutProgress cuts = checkpoint.cuts().orElseThrow();
    mask = checkpoint.mask();
    pruner =
        Pruner.resume(
            options.requirePrune(),
            network.parameters().layout(),
            network.weightsBeforePruning(),
            cuts.sigmas());
    outcome = new PruneOutcome(mask, cuts.outcomes());
    next = cuts.made();
    cut = plan.cuts().get(next - 1);
    openStep = cuts.open();
    wholeEpochs = cuts.epochs();
    histograms = cuts.histograms();
    cutNanos = System.nanoTime();
    checkpoint
        .best()
        .ifPresent(
            kept -> {
              best.goOnWith(kept.evaluation());
              trainer.begin(TrainingState.startingFrom(kept.parameters()), mask);
              trainer.keep();
            });
    trainer.begin(checkpoint.state(), mask);
  }

  private RoundOutcome retrain(Position from) {
    RoundOutcome total = from.outcome();
    for (int round = from.round(); round < clock.roundsPerEpoch(); round++) {
      environment.gate().requireOpen();
      if (isDue(from.epoch() * clock.roundsPerEpoch() + round)) {
        cut(plan.cuts().get(next++));
        Position here = Position.beforeRound(JobPhase.PRUNING, from.epoch(), round, total);
        checkpoints.writer().afterCut(() -> checkpoint(here));
      }
      total = total.plus(train(from.epoch(), round));
    }
    return total;
  }

  private boolean isDue(int round) {
    return next < plan.cuts().size() && plan.cuts().get(next).round() == round;
  }

  private Checkpoint checkpoint(Position position) {
    Optional<Checkpoint.Best> kept =
        best.evaluation()
            .map(evaluation -> new Checkpoint.Best(evaluation, trainer.kept().orElseThrow()));
    return checkpoints.of(position, trainer.state(), mask, Optional.of(cuts()), kept);
  }

  /** What is published next is the state of this one. */
  private Checkpoint end(NetworkParameters kept) {
    return checkpoints.of(
        Position.beforeEpoch(JobPhase.PRUNED, plan.epochs()),
        TrainingState.startingFrom(kept),
        mask,
        Optional.of(cuts()),
        Optional.empty());
  }

  private CutProgress cuts() {
    return new CutProgress(
        next,
        wholeEpochs,
        step(null),
        outcome.layers().stream().map(CutProgress.Layer::of).toList(),
        pruner.sigmas(),
        histograms);
  }

  private Evaluation evaluate() {
    return trainer.evaluate(validation);
  }

  private void cut(Cut made) {
    if (cut != null) {
      closeStep(evaluate());
    }
    TrainingState state = trainer.state();
    outcome = pruner.prune(state.parameters(), mask, made.fraction());
    mask = outcome.mask();
    state.apply(mask);
    trainer.begin(state, mask);
    if (made.step() == made.steps()) {
      histograms = WeightHistogram.byLayer(state.parameters(), mask);
    }
    lap.add(Phase.PRUNE);
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
    environment.result().step(step(after.errorPercent()));
    lap.add(Phase.RETRAIN);
  }

  /** The step of the last cut as it is now. */
  private JobResult.Step step(Double errorAfter) {
    double seconds = openStep.seconds() + JobSession.since(cutNanos).toMillis() / 1000.0;
    return new JobResult.Step(
        openStep.step(),
        openStep.sparsity(),
        openStep.validationErrorBefore(),
        errorAfter,
        wholeEpochs,
        seconds);
  }

  private RoundOutcome train(int epoch, int round) {
    RetrainOptions retrain = options.retrain();
    double rate = options.train().learningRate() * retrain.learningRateFactor();
    int turn = cut.step() - 1;
    if (epoch >= plan.cuttingEpochs()) {
      turn += epoch - plan.cuttingEpochs();
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
            retrain.dropout(),
            retrain.freeze().layers(topology, turn)));
  }
}
