package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.JobOptions;
import io.secateur.data.SampleDigits;
import io.secateur.data.SampleParquet;
import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.report.JobResult;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import io.secateur.train.Aggregation;
import io.secateur.train.Evaluation;
import io.secateur.train.dl4j.ResidualGraphs;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class PruneJobTest {
  private static final String LENET = "network: lenet-300-100";
  private static final int WEIGHTS = 266_200;

  @TempDir private Path folder;

  private URI store(String name) {
    return folder.resolve(name).toUri();
  }

  private static ModelVersion run(SampleJob job, String source) {
    return new PruneJob(job.options(source), job.environment()).run();
  }

  @Test
  void theDenseNetworkIsPublishedFirstAndIsTheParent() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    ModelVersion pruned = run(job, LENET);

    assertThat(pruned).isEqualTo(new ModelVersion("sample", 2));
    assertThat(job.store().manifest(pruned).provenance().parent())
        .contains(new ModelVersion("sample", 1));
    assertThat(job.store().tags("sample")).containsEntry("dense-a", new ModelVersion("sample", 1));
    assertThat(job.store().jobs().read("a", "job.yaml")).isPresent();
  }

  @Test
  void whatIsReportedIsWhatIsStored() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    StoredModel stored = job.store().read(run(job, LENET));

    JobResult result = job.result.succeeded();
    long nonZeros = 0;
    for (float weight : stored.parameters().weights()) {
      nonZeros += weight == 0 ? 0 : 1;
    }
    // 26,620 are kept at most: floor(0.1 x 266,200 + 1/2); a survivor may have become zero
    assertThat(nonZeros).isLessThanOrEqualTo(26_620).isGreaterThan(26_500);
    assertThat(result.pruned().weights()).isEqualTo(nonZeros);
    assertThat(result.pruned().density()).isEqualTo((double) nonZeros / WEIGHTS);
    assertThat(result.compression().weights()).isEqualTo((double) WEIGHTS / nonZeros);
    assertThat(result.hashes().parameters())
        .isEqualTo(NetworkHashes.parameters(stored.parameters()));
    assertThat(result.steps()).hasSize(2);
    assertThat(result.engine()).isEqualTo("native");
    assertThat(result.engineReason()).startsWith("every layer has kernels");
    assertThat(stored.manifest().provenance().engine()).isEqualTo("native");
    assertThat(result.bytes().stored())
        .isEqualTo(stored.manifest().tensors().stream().mapToLong(tensor -> tensor.length()).sum());
  }

  @Test
  void frozenLayersArePublishedAsTheCutsLeftThem() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    JobOptions options = job.options("network: lenet-5", "retrain.freeze=conv");

    StoredModel pruned = job.store().read(new PruneJob(options, job.environment()).run());

    StoredModel dense = job.store().read(new ModelVersion("sample", 1));
    for (ParameterTensor tensor : dense.parameters().layout().weights()) {
      long moved =
          IntStream.range(tensor.offset(), tensor.end())
              .filter(i -> pruned.parameters().weights()[i] != 0)
              .filter(i -> pruned.parameters().weights()[i] != dense.parameters().weights()[i])
              .count();
      if (tensor.layer().startsWith("conv")) {
        assertThat(moved).as(tensor.name()).isZero();
      } else {
        assertThat(moved).as(tensor.name()).isPositive();
      }
    }
  }

  @Test
  void evaluateGivesTheReportedError() {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    ModelVersion pruned = run(job, LENET);
    SampleJob later = SampleJob.on("b", "local[2]", store("s"));

    Evaluation evaluation =
        new EvaluateJob(ModelReference.exactly(pruned), Optional.empty(), later.environment())
            .run();

    assertThat(evaluation.examples()).isEqualTo(SampleDigits.TEST_ROWS);
    assertThat(evaluation.errorPercent())
        .isEqualTo(job.result.succeeded().pruned().testErrorPercent());
  }

  @Test
  void oneCoreOrTwoOrAveragingOnExecutorsMakeTheSameBits() {
    SampleJob one = SampleJob.on("a", "local[1]", store("one"));
    SampleJob two = SampleJob.on("b", "local[2]", store("two"));
    SampleJob sharded = SampleJob.on("c", "local[2]", store("three"));

    run(one, LENET);
    run(two, LENET);
    System.setProperty(Aggregation.DRIVER_BYTES, "0"); // Spark takes it for a setting
    try {
      run(sharded, LENET);
    } finally {
      System.clearProperty(Aggregation.DRIVER_BYTES);
    }

    assertThat(one.result.succeeded().hashes()).isEqualTo(two.result.succeeded().hashes());
    assertThat(sharded.result.succeeded().hashes()).isEqualTo(two.result.succeeded().hashes());
    assertThat(folder.resolve("three/jobs/c/shards")).doesNotExist();
  }

  @Test
  void theSameDigitsInParquetMakeTheSameBits() {
    SampleParquet.write(folder, SampleParquet.Images.BINARY);
    SampleJob idx = SampleJob.on("a", "local[2]", store("idx"));
    SampleJob parquet =
        SampleJob.onParquet(
            "b",
            "local[2]",
            store("parquet"),
            folder.resolve("train").toUri(),
            folder.resolve("test").toUri());

    run(idx, LENET);
    ModelVersion version = run(parquet, LENET);

    assertThat(parquet.result.succeeded().hashes()).isEqualTo(idx.result.succeeded().hashes());
    assertThat(parquet.result.succeeded().pruned()).isEqualTo(idx.result.succeeded().pruned());
    SampleJob later = SampleJob.on("c", "local[2]", store("parquet"));
    Evaluation evaluation =
        new EvaluateJob(ModelReference.exactly(version), Optional.empty(), later.environment())
            .run();
    assertThat(evaluation.errorPercent())
        .isEqualTo(parquet.result.succeeded().pruned().testErrorPercent());
  }

  @Test
  void aPrunedVersionIsCutFurtherAndItsRateCountsFromTheBeginning() {
    SampleJob first = SampleJob.on("a", "local[2]", store("s"));
    ModelVersion pruned = run(first, LENET);
    SampleJob second = SampleJob.on("b", "local[2]", store("s"));

    ModelVersion again = run(second, "from: sample@2");

    // the same target: nothing more is cut, and what was cut stays so
    assertThat(second.store().manifest(again).provenance().parent()).contains(pruned);
    assertThat(
            second
                .store()
                .read(again)
                .parameters()
                .mask()
                .isSubsetOf(second.store().read(pruned).parameters().mask()))
        .isTrue();
    assertThat(second.result.succeeded().compression().weights()).isGreaterThanOrEqualTo(10);
    assertThat(second.store().versions("sample")).hasSize(3);
  }

  @Test
  void aDl4jFileIsPrunedWithoutADenseVersionOfItsOwn() throws Exception {
    File zip = folder.resolve("mine.zip").toFile();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(
                    new DenseLayer.Builder().nIn(784).nOut(20).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(20)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    ModelSerializer.writeModel(network, zip, false);
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    ModelVersion pruned = run(job, "from-file: \"" + zip.toURI() + "\"");

    assertThat(pruned.number()).isEqualTo(1);
    // 784 x 20 + 20 x 10 weights, 20 + 10 biases
    assertThat(job.result.succeeded().dense().parameters()).isEqualTo(15_910);
    assertThat(job.store().manifest(pruned).survivingWeights()).isLessThanOrEqualTo(1_588);
  }

  @Test
  void aResidualGraphIsPrunedOnDl4jsStep() throws Exception {
    Path zip = folder.resolve("residual.zip");
    Files.write(zip, ResidualGraphs.zipOf(ResidualGraphs.untrained()));
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));

    ModelVersion pruned = run(job, "from-file: \"" + zip.toUri() + "\"");

    JobResult result = job.result.succeeded();
    NetworkParameters stored = job.store().read(pruned).parameters();
    assertThat(result.engine()).isEqualTo("dl4j");
    assertThat(result.engineReason()).startsWith("no kernels for layer ").contains("of kind ");
    // a tenth of 2,568 is kept: floor(0.1 x 2,568 + 1/2) = 257
    int kept = stored.mask().cardinality();
    assertThat(kept).isEqualTo(257);
    assertThat(result.pruned().weights()).isEqualTo(kept);
    assertThat(zerosIn(stored.weights())).isEqualTo(ResidualGraphs.WEIGHTS - kept);
    // biases, and scale, shift and statistics of batch normalisation, are all there and trained
    assertThat(stored.others()).hasSize(ResidualGraphs.OTHERS);
    assertThat(zerosIn(stored.others())).isZero();

    SampleJob later = SampleJob.on("b", "local[2]", store("s"));
    Evaluation evaluation =
        new EvaluateJob(ModelReference.exactly(pruned), Optional.empty(), later.environment())
            .run();
    assertThat(evaluation.errorPercent()).isEqualTo(result.pruned().testErrorPercent());
  }

  private static int zerosIn(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += Float.floatToRawIntBits(value) == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void aResidualGraphIsTrainedOnFromItsFileAndThenPrunedFromTheStore() throws Exception {
    Path zip = folder.resolve("residual.zip");
    Files.write(zip, ResidualGraphs.zipOf(ResidualGraphs.untrained()));
    SampleJob train = SampleJob.on("a", "local[2]", store("s"));
    SampleJob prune = SampleJob.on("b", "local[2]", store("s"));

    ModelVersion dense =
        new TrainJob(train.options("from-file: \"" + zip.toUri() + "\""), train.environment())
            .run();
    ModelVersion pruned = run(prune, "from: sample@1");

    assertThat(dense).isEqualTo(new ModelVersion("sample", 1));
    // chance is 90 %; with a tenth of the 2,568 weights it still tells digits apart
    assertThat(train.result.succeeded().dense().testErrorPercent()).isLessThan(40);
    assertThat(prune.result.succeeded().pruned().testErrorPercent()).isLessThan(60);
    assertThat(prune.store().manifest(pruned).provenance().parent()).contains(dense);
    assertThat(prune.store().manifest(pruned).topology())
        .isEqualTo(train.store().manifest(dense).topology());
  }

  @Test
  void nothingIsPublishedOnceTheGateIsClosed() throws Exception {
    SampleJob job = SampleJob.on("a", "local[2]", store("s"));
    job.gate.close();

    assertThatThrownBy(() -> run(job, LENET)).isInstanceOf(JobFailedException.class);

    assertThat(job.store().models()).isEmpty();
    try (var files = Files.walk(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("/data/"));
    }
  }
}
