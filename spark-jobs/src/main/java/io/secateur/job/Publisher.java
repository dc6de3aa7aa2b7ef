package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.data.DataSplits;
import io.secateur.data.LabelledImages;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.report.Phase;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.tensor.Mask;
import io.secateur.train.Engine;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.engine.NativeEngine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The end of a job: validation, hashes, encoding, the test figure from the encoded payload read
 * back, then the commit. The only place in a job that sees the test set; what it measures is
 * reported and never chosen by.
 */
final class Publisher {
  private static final String DENSE = "dense";
  private static final String PRUNED = "pruned";

  private final JobOptions options;
  private final JobEnvironment environment;
  private final Engine trained;
  private final Engine retrained;
  private final DataSplits data;
  private final VersionMarks marks;
  private LabelledImages testRows;
  private Evaluation sourceTest;

  /**
   * @param trained the engine of dense networks
   * @param retrained the engine of pruned ones
   */
  Publisher(
      JobOptions options,
      JobEnvironment environment,
      Engine trained,
      Engine retrained,
      DataSplits data) {
    this(options, environment, trained, retrained, data, VersionMarks.NONE);
  }

  /**
   * @param marks of the pruned version
   */
  Publisher(
      JobOptions options,
      JobEnvironment environment,
      Engine trained,
      Engine retrained,
      DataSplits data,
      VersionMarks marks) {
    this.options = options;
    this.environment = environment;
    this.trained = trained;
    this.retrained = retrained;
    this.data = data;
    this.marks = marks;
  }

  /** Publishes the dense network that a prune job has trained, and tags it for the job. */
  ModelVersion publishDense(SourceNetwork network) {
    return tagged(publishUnpruned(network, Optional.empty()));
  }

  /** The dense network that an earlier run of this job has published, tagged as it should be. */
  Optional<SourceNetwork> publishedDense(SourceNetwork network) {
    return publishedTrained()
        .map(
            version ->
                network
                    .trainedTo(environment.store().read(version).parameters())
                    .publishedAs(tagged(version)));
  }

  private ModelVersion tagged(ModelVersion version) {
    environment.store().tag(version, environment.store().manifest(version).provenance().jobTag());
    return version;
  }

  /** The version that an earlier run of this job has published of a trained network. */
  Optional<ModelVersion> publishedTrained() {
    return published(DENSE)
        .map(
            manifest -> {
              PublishedFigures figures = figuresOf(manifest);
              environment
                  .result()
                  .version(manifest.version())
                  .dense(figures.testErrorPercent(), figures.parametersBefore());
              figures.fillDense(environment.result(), manifest.hashes());
              return manifest.version();
            });
  }

  /** The pruned version that an earlier run of this job has published. */
  Optional<ModelVersion> publishedPruned() {
    return published(PRUNED)
        .map(
            manifest -> {
              environment.result().version(manifest.version());
              PublishedFigures figures = figuresOf(manifest);
              figures.fill(environment.result(), figures.testErrorPercent(), manifest.hashes());
              return manifest.version();
            });
  }

  private Optional<ModelManifest> published(String stage) {
    if (!environment.history().isResumed()) {
      return Optional.empty();
    }
    int before = environment.history().versionsBefore();
    Optional<ModelManifest> found =
        environment
            .store()
            .publishedBy(options.publishAs(), environment.jobId(), stage, before)
            .map(environment.store()::manifest);
    found.ifPresent(
        manifest ->
            environment
                .listener()
                .note(manifest.version() + " was published before: " + stage + " of this job"));
    return found;
  }

  /** The figures of a version of an earlier run, as that run told them. */
  private PublishedFigures figuresOf(ModelManifest manifest) {
    NetworkParameters parameters = environment.store().read(manifest.version()).parameters();
    return onKernels(
        PublishedFigures.of(manifest),
        manifest.provenance().stage(),
        manifest.topology(),
        parameters.mask());
  }

  /** Adds the kernels that the stage's engine has trained the layers on last, where it chooses. */
  private PublishedFigures onKernels(
      PublishedFigures figures, String stage, Topology topology, Mask mask) {
    boolean pruned = stage.equals(PRUNED);
    if ((pruned ? retrained : trained) instanceof NativeEngine engine) {
      int batch = pruned ? options.retrain().batchSize() : options.train().batchSize();
      figures.trainedOn(engine.policy().plan(topology, mask, batch));
    }
    return figures;
  }

  /** Publishes what a train job has trained; its parent is the version it went on from. */
  ModelVersion publishTrained(SourceNetwork network) {
    return publishUnpruned(network, network.version());
  }

  /** Measures a source that is pruned without being trained here. */
  void measureDense(SourceNetwork network) {
    sourceTest = test(retrained, network.definition(), network.parameters());
    environment.result().dense(sourceTest.errorPercent(), network.origin().parameters());
  }

  /**
   * Publishes the pruned network, without its dead neurons where the job asks for it; its parent is
   * the dense one, or the version it was made from.
   */
  ModelVersion publishPruned(SourceNetwork source, PrunedNetwork pruned) {
    NarrowedNetwork end =
        NarrowedNetwork.of(
            source.definition(),
            pruned.parameters(),
            options.requirePrune().deadNeurons(),
            retrained,
            data.validation(),
            environment.listener());
    Published published =
        publish(
            retrained,
            source.narrowedTo(end),
            PRUNED,
            source.version(),
            figures -> since(figures.pruned(pruned).spread(source, pruned, end.parameters())));
    onKernels(published.figures, PRUNED, source.definition().topology(), pruned.parameters().mask())
        .fill(environment.result(), published.test.errorPercent(), hashes(end.parameters()));
    return published.version;
  }

  private VersionFigures since(VersionFigures figures) {
    return sourceTest == null ? figures : figures.from(sourceTest);
  }

  private ModelVersion publishUnpruned(SourceNetwork network, Optional<ModelVersion> parent) {
    Published published =
        publish(
            trained,
            network,
            DENSE,
            parent,
            figures -> figures.spread(network.parameters(), network.mask()));
    environment.result().dense(published.test.errorPercent(), published.figures.parametersBefore());
    onKernels(
            published.figures, DENSE, network.definition().topology(), network.parameters().mask())
        .fillDense(environment.result(), hashes(network.parameters()));
    return published.version;
  }

  private record Published(ModelVersion version, Evaluation test, PublishedFigures figures) {}

  /**
   * @param network as it is to be published
   * @param more adds the figures of this stage
   */
  private Published publish(
      Engine engine,
      SourceNetwork network,
      String stage,
      Optional<ModelVersion> parent,
      UnaryOperator<VersionFigures> more) {
    environment.gate().requireOpen();
    long start = System.nanoTime();
    NetworkDefinition definition = network.definition();
    NetworkParameters parameters = network.parameters();
    Evaluation validation = Evaluator.evaluate(engine, definition, parameters, data.validation());
    try (StagedModel staged = environment.store().stage(draft(network))) {
      NetworkParameters stored = staged.readBack();
      requireSame(NetworkHashes.parameters(parameters), NetworkHashes.parameters(stored));
      Evaluation test = test(engine, definition, stored);
      VersionFigures figures =
          more.apply(VersionFigures.of(test, validation).since(network.origin()))
              .active(Activations.measure(definition.topology(), stored, data.validation()));
      Provenance provenance =
          new Provenance(
              parent.orElse(null),
              environment.jobId(),
              stage,
              merged(options.toMap(), marks.options()),
              merged(data.provenance(), marks.data()),
              options.seed(),
              options.partitions(),
              engine.id(),
              Software.versions(),
              figures.toMap());
      int before = environment.history().versionsBefore();
      ModelVersion version =
          environment.gate().commit(() -> staged.publishOnce(provenance, before));
      environment.result().version(version).took(Phase.PUBLISH, JobSession.since(start));
      environment.listener().published(version);
      return new Published(
          version, test, new PublishedFigures(definition.topology(), staged.tensors(), figures));
    }
  }

  private ModelDraft draft(SourceNetwork network) {
    return new ModelDraft(
            options.publishAs(),
            network.definition().topology(),
            network.parameters(),
            options.encoding(),
            network.definition().dl4jConfiguration().getBytes(StandardCharsets.UTF_8),
            network.weightsBeforePruning())
        .encoding(marks.encodings());
  }

  private static <T> Map<String, T> merged(Map<String, T> own, Map<String, T> more) {
    Map<String, T> all = new HashMap<>(own);
    all.putAll(more);
    return all;
  }

  private Evaluation test(
      Engine engine, NetworkDefinition definition, NetworkParameters parameters) {
    if (testRows == null) {
      testRows = data.test().readOnce();
    }
    return Evaluator.evaluate(engine, definition, parameters, testRows);
  }

  private static void requireSame(String computed, String stored) {
    if (!computed.equals(stored)) {
      throw new StoreException(
          "parameters " + stored + " in the payload just written",
          computed,
          "check the store's disk and run the job again; nothing was published");
    }
  }

  private static ModelHashes hashes(NetworkParameters parameters) {
    return new ModelHashes(
        NetworkHashes.masks(parameters.layout(), parameters.mask()),
        NetworkHashes.parameters(parameters));
  }
}
