package io.secateur.job;

import io.secateur.config.DataOptions;
import io.secateur.data.DataFiles;
import io.secateur.data.LabelledImages;
import io.secateur.data.MnistDownload;
import io.secateur.data.TestSet;
import io.secateur.report.Phase;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import io.secateur.train.Engine;
import io.secateur.train.Evaluation;
import io.secateur.train.Evaluator;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.util.Optional;

/** The test error of a stored version, measured in the same way as when it was published. */
public final class EvaluateJob {
  private final ModelReference reference;
  private final Optional<DataOptions> data;
  private final JobEnvironment environment;

  /**
   * @param data where the test rows are; empty: the data of the version's provenance
   */
  public EvaluateJob(
      ModelReference reference, Optional<DataOptions> data, JobEnvironment environment) {
    this.reference = reference;
    this.data = data;
    this.environment = environment;
  }

  /**
   * Reads and verifies the version, then predicts every test row.
   *
   * @throws io.secateur.error.StoreException when there is no such version or its bytes are damaged
   * @throws io.secateur.error.DataException when the test rows are missing or do not fit
   */
  public Evaluation run() {
    ModelVersion version = environment.store().resolve(reference);
    environment.result().version(version);
    StoredModel model = environment.store().read(version);
    long start = System.nanoTime();
    DataFiles files =
        data.map(DataFilesOf::options)
            .orElseGet(
                () ->
                    DataFiles.fromMap(model.manifest().provenance().data(), MnistDownload.place()));
    int classes = model.manifest().topology().output().outputShape().elements();
    LabelledImages rows =
        TestSet.open(SparkRuntime.hadoopConfiguration(), files, classes).readOnce();
    environment.result().took(Phase.DATA, JobSession.since(start));
    Engine engine = EngineSelection.recorded(model.manifest().provenance().engine());
    environment.result().engine(engine.id(), "recorded in the manifest");
    NetworkDefinition definition =
        Dl4jNetworks.definition(model.manifest().topology(), model.configuration());
    Evaluation evaluation = Evaluator.evaluate(engine, definition, model.parameters(), rows);
    PublishedFigures.of(model.manifest())
        .fill(environment.result(), evaluation.errorPercent(), model.manifest().hashes());
    return evaluation;
  }
}
