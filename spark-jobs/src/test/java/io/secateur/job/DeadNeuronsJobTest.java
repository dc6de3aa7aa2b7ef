package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.SampleDigits;
import io.secateur.network.Node;
import io.secateur.network.SparseNetwork;
import io.secateur.report.JobResult;
import io.secateur.report.LayerReport;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.NetworkLoader;
import io.secateur.store.StoredModel;
import io.secateur.train.Evaluation;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same job with its dead neurons and without them. */
class DeadNeuronsJobTest {
  private static final String REMOVE = "prune.dead-neurons=remove";

  @TempDir private Path folder;

  private URI store(String name) {
    return folder.resolve(name).toUri();
  }

  private static ModelVersion run(SampleJob job, String source, String... sets) {
    return new PruneJob(job.options(source, sets), job.environment()).run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5"})
  void theNetworkIsSmallerAndAnswersTheSame(String network) {
    SampleJob keeping = SampleJob.on("a", "local[2]", store("keep"));
    SampleJob removing = SampleJob.on("b", "local[2]", store("remove"));
    String source = "network: " + network;
    String[] sets = {"prune.sparsity=0.99", "train.learning-rate=0.02"};

    StoredModel whole = keeping.store().read(run(keeping, source, sets));
    ModelVersion version = run(removing, source, sets[0], sets[1], REMOVE);

    JobResult kept = keeping.result.succeeded();
    JobResult removed = removing.result.succeeded();
    StoredModel narrow = removing.store().read(version);
    Node first = narrow.manifest().topology().node("fc1").orElseThrow();
    Node before = whole.manifest().topology().node("fc1").orElseThrow();
    int lost = removed.layers().stream().mapToInt(LayerReport::neuronsRemoved).sum();
    assertThat(lost).isPositive();
    assertThat(first.outputShape().dim(0)).isLessThan(before.outputShape().dim(0));
    assertThat(narrow.parameters().layout().parameterCount())
        .isLessThan(whole.parameters().layout().parameterCount());
    assertThat(removed.bytes().stored()).isLessThan(kept.bytes().stored());

    assertThat(removed.pruned().testErrorPercent()).isEqualTo(kept.pruned().testErrorPercent());
    assertThat(removed.pruned().weights()).isLessThanOrEqualTo(kept.pruned().weights());
    // rates are against what was there before any pruning
    assertThat(removed.dense()).isEqualTo(kept.dense());
    assertThat(removed.bytes().dense()).isEqualTo(kept.bytes().dense());
    assertThat(removed.compression().weights())
        .isEqualTo((double) whole.manifest().weightsBeforePruning() / removed.pruned().weights());
    assertThat(removed.layers().get(0).flop()).isEqualTo(kept.layers().get(0).flop());

    assertLogitsAgree(keeping, removing, version);
    assertDl4jAgrees(narrow);
  }

  private static void assertLogitsAgree(
      SampleJob keeping, SampleJob removing, ModelVersion version) {
    SparseNetwork whole = NetworkLoader.load(keeping.store(), ModelReference.exactly(version));
    SparseNetwork narrow = NetworkLoader.load(removing.store(), ModelReference.exactly(version));
    for (int row = 0; row < SampleDigits.TEST_ROWS; row++) {
      float[] example = pixels(row);
      float[] expected = whole.logits(example);
      float largest = 0;
      for (float logit : expected) {
        largest = Math.max(largest, Math.abs(logit));
      }
      assertThat(narrow.logits(example)).containsExactly(expected, within(1e-4f * largest));
      assertThat(narrow.label(example)).isEqualTo(whole.label(example));
    }
  }

  /** The configuration that is stored, and exported, is of the smaller network. */
  private static void assertDl4jAgrees(StoredModel narrow) {
    NetworkDefinition definition =
        Dl4jNetworks.definition(narrow.manifest().topology(), narrow.configuration());
    SparseNetwork ours = SparseNetwork.of(definition.topology(), narrow.parameters());
    float[] features = new float[784];
    float[] predicted = new float[10];
    try (Predictor dl4j = new Dl4jEngine().predictor(definition, narrow.parameters())) {
      for (int row = 0; row < 5; row++) {
        SampleDigits.testRows().fill(row, 1, features, new int[1]);
        dl4j.predict(features, 1, predicted);
        assertThat(predicted).containsExactly(ours.probabilities(pixels(row)), within(1e-5f));
      }
    }
  }

  private static float[] pixels(int row) {
    byte[] all = SampleDigits.testRows().pixels();
    float[] example = new float[784];
    for (int i = 0; i < example.length; i++) {
      example[i] = all[row * 784 + i] & 0xFF;
    }
    return example;
  }

  @Test
  void aNarrowVersionIsEvaluatedAndPrunedFurther() {
    SampleJob first = SampleJob.on("a", "local[2]", store("s"));
    ModelVersion narrow = run(first, "network: lenet-300-100", "prune.sparsity=0.98", REMOVE);
    SampleJob second = SampleJob.on("b", "local[2]", store("s"));
    SampleJob third = SampleJob.on("c", "local[2]", store("s"));

    Evaluation evaluation =
        new EvaluateJob(ModelReference.exactly(narrow), Optional.empty(), third.environment())
            .run();
    ModelVersion further = run(second, "from: sample@2", "prune.sparsity=0.99", REMOVE);

    assertThat(evaluation.errorPercent())
        .isEqualTo(first.result.succeeded().pruned().testErrorPercent());
    assertThat(third.result.succeeded().layers())
        .extracting(LayerReport::neuronsRemoved)
        .isEqualTo(
            first.result.succeeded().layers().stream().map(LayerReport::neuronsRemoved).toList());
    // n is of before any pruning: floor(0.01 x 266,200 + 1/2) = 2,662 are kept at most
    JobResult result = second.result.succeeded();
    assertThat(result.pruned().weights()).isBetween(1L, 2_662L);
    assertThat(result.dense().parameters()).isEqualTo(266_610);
    assertThat(result.bytes().dense()).isEqualTo(4 * 266_610);
    assertThat(second.store().manifest(further).weightsBeforePruning()).isEqualTo(266_200);
    int lost = result.layers().stream().mapToInt(LayerReport::neuronsRemoved).sum();
    int outputs =
        second.store().manifest(further).topology().node("fc1").orElseThrow().outputShape().dim(0)
            + second
                .store()
                .manifest(further)
                .topology()
                .node("fc2")
                .orElseThrow()
                .outputShape()
                .dim(0);
    assertThat(outputs + lost).isEqualTo(400);
  }
}
