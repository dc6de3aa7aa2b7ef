package io.secateur.catalog;

import io.secateur.config.CatalogPolicy;
import io.secateur.config.JobOptions;
import io.secateur.config.ModelRule;
import io.secateur.config.Source;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.job.CatalogMember;
import io.secateur.job.JobEnvironment;
import io.secateur.job.VersionMarks;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.prune.LayerOutcome;
import io.secateur.report.CatalogReport;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.tensor.Sparsity;
import io.secateur.train.dl4j.NetworkZip;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Models whose data the policy names. They are in the driver's memory as a whole. */
final class MeasuredModels {
  /** Source, working copy, best epoch, momentum, masks and what is encoded of each parameter. */
  private static final int COPIES = 8;

  private final CatalogPolicy policy;
  private final JobEnvironment environment;
  private final JavaSparkContext spark;

  MeasuredModels(CatalogPolicy policy, JobEnvironment environment, JavaSparkContext spark) {
    this.policy = policy;
    this.environment = environment;
    this.spark = spark;
  }

  /**
   * Compresses one, in a thread of its own.
   *
   * @throws io.secateur.error.SecateurException when it can't be
   */
  CatalogReport.Model compress(CatalogEntry entry) {
    long start = System.nanoTime();
    try (OpenModel open = OpenModel.of(entry, policy, environment.store())) {
      Optional<Product> known =
          Product.newest(environment.store(), entry.model())
              .filter(product -> product.isOf(open.fingerprint(), policy.hash()));
      if (known.isPresent()) {
        return row(entry, known.get().manifest(), start);
      }
      try (ModelSource source = open.source()) {
        return compress(entry, source, open.fingerprint(), start);
      }
    }
  }

  private CatalogReport.Model compress(
      CatalogEntry entry, ModelSource source, String fingerprint, long start) {
    long limit = policy.memoryBytes().orElse(MemoryBudget.ofHeap());
    long needed = COPIES * Float.BYTES * source.layout().parameterCount();
    if (needed > limit) {
      throw new JobFailedException(
          new Problem(
              "too large: a network that is measured takes " + (needed >> 20) + " MiB",
              "at most " + (limit >> 20) + " MiB in the driver",
              "raise memory.per-executor-mebibytes and the driver's memory, or leave its data"
                  + " out"));
    }
    return MemoryBudget.ofThisJvm()
        .with(needed, limit, () -> publish(entry, source, fingerprint, start));
  }

  private CatalogReport.Model publish(
      CatalogEntry entry, ModelSource source, String fingerprint, long start) {
    NetworkParameters parameters = NetworkParameters.zeros(source.layout());
    source.read(new InArenas(parameters));
    CutByRules cut = new CutByRules(entry.model(), policy, source);
    // read again: the cut is made in arrays of its own, and tells the targets
    cut.run(source, (tensor, values, from, encoding) -> {});
    ModelRule rule = policy.model(entry.model()).orElseThrow();
    JobOptions options =
        rule.options(
            entry
                .zip()
                .<Source>map(Source.FromFile::new)
                .orElseGet(() -> new Source.Stored(entry.source())),
            entry.model(),
            environment.store().root(),
            targets(cut.outcomes()));
    CatalogMember member =
        CatalogMember.open(
            options,
            environment,
            spark,
            new CatalogMember.Found(
                source.definition(), parameters, source.weightsBeforePruning(), source.version()));
    VersionMarks marks =
        new VersionMarks(
            Product.options(policy.hash()),
            Product.data(entry.source(), fingerprint),
            cut.encodings());
    ModelVersion version =
        rule.retraining() == ModelRule.Retraining.SCHEDULED
            ? member.retrain(rule.errorBudgetPoints(), marks)
            : member.cut(rule.errorBudgetPoints(), marks);
    return row(entry, environment.store().manifest(version), start);
  }

  /** Exact: K = floor((1 - s) n + 1/2) of these sparsities is what the rules left. */
  private static Map<String, Sparsity> targets(Map<String, LayerOutcome> outcomes) {
    Map<String, Sparsity> targets = new HashMap<>();
    outcomes.forEach(
        (layer, outcome) -> {
          BigDecimal cut = BigDecimal.valueOf(outcome.weights() - outcome.surviving());
          targets.put(
              layer,
              new Sparsity(
                  cut.divide(
                      BigDecimal.valueOf(outcome.weights()),
                      new MathContext(20, RoundingMode.HALF_EVEN))));
        });
    return targets;
  }

  private CatalogReport.Model row(CatalogEntry entry, ModelManifest manifest, long start) {
    Map<String, Object> figures = manifest.provenance().figures();
    return ModelRows.done(
        entry.source(),
        manifest,
        environment.jobId(),
        number(figures.get(CatalogMember.ERROR_BEFORE)),
        number(figures.get(CatalogMember.ERROR_AFTER)),
        (System.nanoTime() - start) / 1e9);
  }

  private record InArenas(NetworkParameters parameters) implements NetworkZip.Destination {
    @Override
    public float[] arrayOf(ParameterTensor tensor) {
      return parameters.arenaOf(tensor);
    }

    @Override
    public int offsetOf(ParameterTensor tensor) {
      return tensor.offset();
    }

    @Override
    public void arrived(ParameterTensor tensor) {}
  }

  private static Double number(Object figure) {
    return figure instanceof Number known ? known.doubleValue() : null;
  }
}
