package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.data.ImageShape;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.UsageException;
import io.secateur.network.ShippedNetwork;
import io.secateur.prune.FixedThreshold;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PruningScope;
import io.secateur.prune.QualityParameter;
import io.secateur.prune.TargetSparsity;
import io.secateur.schedule.Freeze;
import io.secateur.schedule.Gradual;
import io.secateur.schedule.Iterative;
import io.secateur.schedule.LearningRateDecay;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
  private static JobOptions read(String yaml, String... sets) {
    return JobFileReader.read(
        "x.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        List.of(sets),
        CommandLineOverrides.none());
  }

  @Test
  void aNetworkAloneIsAJobWithTheDefaultsOfTheContract() {
    JobOptions options = read("network: lenet-300-100");

    assertThat(options.source()).isEqualTo(new Source.Shipped(ShippedNetwork.LENET_300_100));
    assertThat(options.publishAs()).isEqualTo("lenet-300-100");
    assertThat(options.data())
        .isEqualTo(new DataOptions(new DataLocation.Mnist(), 5000, OptionalInt.empty(), 0));
    assertThat(options.store())
        .isEqualTo(URI.create("file://" + Path.of("secateur-store").toAbsolutePath().normalize()));
    assertThat(options.seed()).isEqualTo(1);
    assertThat(options.partitions()).isEqualTo(2);
    assertThat(options.prune()).isNull();
    assertThat(options.encoding()).isEqualTo(EncodingPolicy.AUTO);
    assertThat(options.retrain().learningRateFactor()).isEqualTo(0.1);
    assertThat(options.retrain().holdDecay()).isEqualTo(new LearningRateDecay.None());
  }

  @Test
  void aJobWithoutPruneSectionCanNotPrune() {
    assertThatThrownBy(() -> read("network: lenet-5").requirePrune())
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("found no prune section in the job file;");
  }

  @Test
  void numbersAreTheDecimalsThatWereWritten() {
    JobOptions options =
        read(
            """
            network: lenet-300-100
            prune:
              quality: {default: 1.750, fc3: 1.1}
              schedule: {kind: iterative, steps: 5, every-epochs: 4, hold-epochs: 9}
            """);

    assertThat(options.prune().criterion())
        .isEqualTo(
            new QualityParameter(
                new PerLayer<>(new BigDecimal("1.750"), Map.of("fc3", new BigDecimal("1.1")))));
    assertThat(options.prune().schedule()).isEqualTo(new Iterative(5, 4, 9));
    assertThat(options.prune().scope()).isEqualTo(PruningScope.PER_LAYER);
  }

  @Test
  void retrainingTakesWhatItDoesNotSayFromTraining() {
    JobOptions options =
        read(
            """
            network: lenet-5
            train: {batch-size: 32, momentum: 0.5, l1: 1e-5, l2: .25e-3, engine: dl4j}
            retrain: {l2: 0, dropout: unchanged, freeze: [fc2], keep: last}
            """);

    assertThat(options.train().l2()).isEqualTo(2.5e-4);
    assertThat(options.retrain())
        .isEqualTo(
            new RetrainOptions(
                32,
                0.5,
                EngineChoice.DL4J,
                0.1,
                new LearningRateDecay.None(),
                1e-5,
                0,
                DropoutPolicy.UNCHANGED,
                new Freeze.Layers(Set.of("fc2")),
                Keep.LAST));
  }

  @Test
  void setsBeatTheFileAndTheLaterOneWins() {
    JobOptions options =
        read(
            """
            network: lenet-300-100
            train: {epochs: 30, decay: {kind: cosine, to: 0.001}}
            prune: {quality: 1.5, schedule: {kind: one-shot}}
            """,
            "train.epochs=3",
            "train.epochs=4",
            "train.decay.to=0.01",
            "prune.quality=null",
            "prune.sparsity={default: 0.9, fc3: 0.5}",
            "prune.schedule={kind: gradual, epochs: 2}",
            "data.examples=12000",
            "data.augment.shift-pixels=1",
            "seed=9223372036854775807");

    assertThat(options.train().epochs()).isEqualTo(4);
    assertThat(options.train().decay()).isEqualTo(new LearningRateDecay.Cosine(0.01));
    assertThat(options.prune().criterion())
        .isEqualTo(
            new TargetSparsity(
                new PerLayer<>(Sparsity.of("0.9"), Map.of("fc3", Sparsity.of("0.5")))));
    assertThat(options.prune().schedule()).isEqualTo(new Gradual(Sparsity.ZERO, 2, 100, 10));
    assertThat(options.data().examples()).hasValue(12_000);
    assertThat(options.data().shiftPixels()).isEqualTo(1);
    assertThat(options.seed()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theCommandLinesStoreBeatsTheFiles() {
    JobOptions options =
        JobFileReader.read(
            "x.yaml",
            "{network: lenet-5, store: 'hdfs://host:8020/a'}".getBytes(StandardCharsets.UTF_8),
            List.of("store=/b"),
            CommandLineOverrides.store("file:/c/d/"));

    assertThat(options.store()).isEqualTo(URI.create("file:///c/d"));
    assertThat(read("{network: lenet-5, store: 'hdfs://host:8020/a'}").store())
        .isEqualTo(URI.create("hdfs://host:8020/a"));
  }

  @Test
  void sourcesNameTheModelUnlessPublishAsDoes() {
    assertThat(read("from: lenet-5@7").publishAs()).isEqualTo("lenet-5");
    assertThat(read("from: lenet-5@7").source()).isEqualTo(new Source.Stored("lenet-5@7"));
    assertThat(read("from-file: /models/Alex_Net.zip").publishAs()).isEqualTo("alex_net");
    assertThat(read("{from: lenet-5, publish-as: other}").publishAs()).isEqualTo("other");
  }

  @Test
  void ownFilesBecomeAbsoluteLocations() {
    JobOptions options =
        read(
            """
            network: lenet-5
            data:
              train: {images: /d/a.gz, labels: 'hdfs://h/b'}
              test: {images: '/d/with space', labels: /d/d}
            """);

    assertThat(options.data().location())
        .isEqualTo(
            new DataLocation.Files(
                URI.create("file:///d/a.gz"),
                URI.create("hdfs://h/b"),
                URI.create("file:///d/with%20space"),
                URI.create("file:///d/d")));
    assertThat(read(options.toYaml())).isEqualTo(options);
  }

  @Test
  void parquetIsAFileOrFolderForEachSide() {
    String data =
        "{network: lenet-5, data: {format: parquet, train: /d/train, test: hdfs://h/t%s}}";
    JobOptions square = read(data.formatted(""));
    JobOptions wide = read(data.formatted(", shape: [1, 20, 30]"));

    assertThat(square.data().location())
        .isEqualTo(
            new DataLocation.Parquet(
                URI.create("file:///d/train"), URI.create("hdfs://h/t"), Optional.empty()));
    assertThat(wide.data().location())
        .isEqualTo(
            new DataLocation.Parquet(
                URI.create("file:///d/train"),
                URI.create("hdfs://h/t"),
                Optional.of(new ImageShape(1, 20, 30))));
    assertThat(read(square.toYaml())).isEqualTo(square);
    assertThat(read(wide.toYaml())).isEqualTo(wide);
  }

  @Test
  void layersOfASourceAreCheckedOnceItsTopologyIsKnown() {
    JobOptions options =
        read(
            "{from: mine, prune: {threshold: {default: 0, conv1: 1}, schedule: {kind: one-shot}}}");

    assertThat(options.resolveAgainst(ShippedNetwork.LENET_5.topology())).isSameAs(options);
    assertThatThrownBy(() -> options.resolveAgainst(ShippedNetwork.LENET_300_100.topology()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("found layer 'conv1' in prune.threshold (in the job file);");
    assertThat(options.prune().criterion()).isInstanceOf(FixedThreshold.class);
  }

  @Test
  void everyOptionIsWrittenOut() {
    JobOptions options =
        read(
            "{network: lenet-300-100, prune: {sparsity: 0.92, schedule: {kind: one-shot}}}",
            "store=hdfs://host/s");

    assertThat(options.toYaml())
        .isEqualTo(
            """
            network: lenet-300-100
            publish-as: lenet-300-100
            data:
              format: idx
              source: mnist
              validation: 5000
              augment: none
            store: hdfs://host/s
            seed: 1
            partitions: 2
            train:
              epochs: 20
              batch-size: 64
              learning-rate: 0.1
              momentum: 0.9
              l1: 0.0
              l2: 1.0E-4
              decay: none
              loop: secateur
              engine: auto
            rounds:
              minibatches: 50
            prune:
              scope: per-layer
              sparsity: 0.92
              schedule:
                kind: one-shot
                hold-epochs: 10
              dead-neurons: keep
            sweep:
              levels:
                sparsity:
                - 0
                - 0.3
                - 0.5
                - 0.6
                - 0.7
                - 0.8
                - 0.85
                - 0.9
                - 0.94
                - 0.97
                - 0.99
            retrain:
              batch-size: 64
              momentum: 0.9
              engine: auto
              learning-rate-factor: 0.1
              hold-decay: none
              l1: 0.0
              l2: 1.0E-4
              dropout: adjust
              freeze: none
              keep: best
            encoding: auto
            kernel: auto
            lane-bits: auto
            """);
  }

  @Test
  void kernelsOfLayersAreReadAndWritten() {
    JobOptions options = read("{network: lenet-5, kernel: {conv1: dense, fc1: sparse}}");

    assertThat(options.kernels())
        .isEqualTo(Map.of("conv1", LayerKernel.DENSE, "fc1", LayerKernel.SPARSE));
    assertThat(read(options.toYaml())).isEqualTo(options);
    assertThat(read("{network: lenet-5, kernel: auto}").kernels()).isEmpty();
  }

  @Test
  void namesThatLookLikeNumbersSurviveWriting() {
    JobOptions options = read("{from: '1e5', publish-as: '007'}");

    assertThat(options.publishAs()).isEqualTo("007");
    assertThat(read(options.toYaml())).isEqualTo(options);
  }
}
