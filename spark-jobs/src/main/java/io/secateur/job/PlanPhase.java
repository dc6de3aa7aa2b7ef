package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.data.LabelledImages;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.AutoPlan;
import io.secateur.prune.LayerOutcome;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PlanTarget;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruneOutcome;
import io.secateur.prune.Pruner;
import io.secateur.prune.PruningScope;
import io.secateur.prune.TargetSparsity;
import io.secateur.report.SweepReport;
import io.secateur.sensitivity.PlanSearch;
import io.secateur.sensitivity.SensitivityCurve;
import io.secateur.sensitivity.ThresholdPlan;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import io.secateur.train.Engine;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a plan of sensitivity curves, shows it, and says what the job prunes by. */
final class PlanPhase {
  private final JobOptions options;
  private final JobEnvironment environment;
  private final Engine engine;
  private final LabelledImages validation;
  private final SourceNetwork network;
  private final List<SensitivityCurve> curves;

  /** A plan that was made: what it comes to, and what the provenance says of it. */
  record Planned(TargetSparsity criterion, Map<String, Object> figures) {}

  PlanPhase(
      JobOptions options,
      JobEnvironment environment,
      Engine engine,
      LabelledImages validation,
      SourceNetwork network,
      List<SensitivityCurve> curves) {
    this.options = options;
    this.environment = environment;
    this.engine = engine;
    this.validation = validation;
    this.network = network;
    this.curves = List.copyOf(curves);
  }

  Planned make(PlanTarget target) {
    ThresholdPlan plan =
        searched(
            target instanceof PlanTarget.Overall overall
                ? reaching(overall.sparsity())
                : within(((PlanTarget.ErrorBudget) target).points()));
    SweepReport.Plan report = report(plan, target);
    environment.result().plan(report);
    environment
        .listener()
        .note(
            String.format(
                Locale.ROOT,
                "plan: %s; sparsity %.4f, validation error right after the cut %.2f %%, %.2f %% if"
                    + " the layers' added up",
                layers(report),
                report.sparsity(),
                report.measuredErrorPercent(),
                report.promisedErrorPercent()));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("method", report.method());
    figures.put("promisedErrorPercent", report.promisedErrorPercent());
    figures.put("measuredErrorPercent", report.measuredErrorPercent());
    Map<String, Object> sparsities = new LinkedHashMap<>();
    plan.sparsities().forEach((layer, sparsity) -> sparsities.put(layer, sparsity.doubleValue()));
    figures.put("sparsity", sparsities);
    return new Planned(criterion(plan), figures);
  }

  private static String layers(SweepReport.Plan report) {
    return String.join(
        ", ",
        report.layers().stream()
            .map(layer -> String.format(Locale.ROOT, "%s %.4f", layer.name(), layer.sparsity()))
            .toList());
  }

  private ThresholdPlan reaching(Sparsity target) {
    long weights = curves.stream().mapToLong(SensitivityCurve::weights).sum();
    long remove = weights - target.keepOf(weights, Fraction.ONE);
    long reach = ThresholdPlan.reach(curves);
    if (remove > reach) {
      throw new UsageException(
          new Problem(
              "target sparsity " + target + " in prune.target",
              String.format(
                  Locale.ROOT,
                  "no more than the sweep's levels allow, %.4f",
                  (double) reach / weights),
              "add a higher level to sweep.levels, or lower the target"));
    }
    return ThresholdPlan.removing(curves, remove);
  }

  private ThresholdPlan within(BigDecimal points) {
    long budget =
        points
            .multiply(BigDecimal.valueOf(validation.count()))
            .movePointLeft(2)
            .toBigInteger()
            .longValueExact();
    return ThresholdPlan.within(curves, denseErrors() + budget, this::errors);
  }

  /**
   * A plan no worse right after the cut than that of the curves, than one threshold for all layers,
   * and than the layer-adaptive one. Curves of retrained cells promise what retraining mends, which
   * such measurements don't see: their plan stays as it is.
   */
  private ThresholdPlan searched(ThresholdPlan plan) {
    if (retrainedCells()) {
      return plan;
    }
    List<ThresholdPlan> starts = new ArrayList<>(List.of(plan));
    for (PruningScope scope : List.of(PruningScope.GLOBAL, PruningScope.LAYER_ADAPTIVE)) {
      acrossLayers(scope, plan).ifPresent(starts::add);
    }
    return PlanSearch.from(curves, starts, this::evaluation);
  }

  private boolean retrainedCells() {
    return options.sweep().retraining().isPresent();
  }

  /** Equally many weights, by a scope over all layers; empty where that leaves a layer none. */
  private Optional<ThresholdPlan> acrossLayers(PruningScope scope, ThresholdPlan plan) {
    long weights = plan.weights().values().stream().mapToLong(n -> n).sum();
    TargetSparsity criterion =
        new TargetSparsity(
            new PerLayer<>(Sparsity.removing(weights - plan.surviving(), weights), Map.of()));
    PruneOptions cut =
        new PruneOptions(scope, criterion, Set.of(), options.requirePrune().schedule());
    try {
      Map<String, Long> removed = new LinkedHashMap<>();
      for (LayerOutcome layer : cut(cut, network.parameters()).layers()) {
        removed.put(layer.layer(), layer.weights() - layer.surviving());
      }
      return Optional.of(ThresholdPlan.of(curves, removed));
    } catch (JobFailedException nothingLeft) {
      return Optional.empty();
    }
  }

  private long denseErrors() {
    return curves.get(0).points().get(0).errors();
  }

  private long errors(ThresholdPlan plan) {
    return evaluation(plan).errors();
  }

  /** The whole network, cut by a plan, on the validation rows. */
  private Evaluation evaluation(ThresholdPlan plan) {
    NetworkParameters parameters = network.parameters().copy();
    cut(options.requirePrune().with(criterion(plan)), parameters)
        .mask()
        .zeroAbsent(parameters.weights());
    return Evaluator.evaluate(engine, network.definition(), parameters, validation);
  }

  private PruneOutcome cut(PruneOptions by, NetworkParameters parameters) {
    return Pruner.begin(by, parameters, network.mask(), network.weightsBeforePruning())
        .prune(parameters, network.mask(), Fraction.ONE);
  }

  private static TargetSparsity criterion(ThresholdPlan plan) {
    return new TargetSparsity(new PerLayer<>(Sparsity.ZERO, plan.sparsities()));
  }

  private SweepReport.Plan report(ThresholdPlan plan, PlanTarget target) {
    long weights = curves.stream().mapToLong(SensitivityCurve::weights).sum();
    return new SweepReport.Plan(
        retrainedCells()
            ? ThresholdPlan.METHOD
            : ThresholdPlan.METHOD + ", then " + PlanSearch.METHOD,
        new AutoPlan(target).toOptions().get("target").toString(),
        1 - (double) plan.surviving() / weights,
        100 * (denseErrors() + plan.addedErrors()) / validation.count(),
        100.0 * errors(plan) / validation.count(),
        plan.sparsities().entrySet().stream()
            .map(
                layer ->
                    new SweepReport.PlannedLayer(layer.getKey(), layer.getValue().doubleValue()))
            .toList());
  }
}
