package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.UsageException;
import io.secateur.network.ShippedNetwork;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are part of the interface: each is compared whole. */
class JobFileErrorsTest {
  private static final String PRUNE =
      "network: lenet-300-100\nprune:\n  sparsity: 0.9\n  schedule: {kind: one-shot}\n";

  private static JobOptions read(String yaml, String... sets) {
    return JobFileReader.read(
        "x.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        List.of(sets),
        CommandLineOverrides.none());
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void anUnknownKey() {
    assertRefused(
        "network: lenet-5\ntrain:\n  epcohs: 3\n",
        "found key 'epcohs' in train (line 3 of x.yaml); expected one of epochs, batch-size,"
            + " learning-rate, momentum, l1, l2, decay, loop, engine; did you mean 'epochs'?");
    assertRefused(
        "network: lenet-5\nflavour: sweet\n",
        "found key 'flavour' (line 2 of x.yaml); expected one of network, from, from-file,"
            + " publish-as, data, store, seed, partitions, train, rounds, prune, sweep,"
            + " tradeoff, retrain, encoding, kernel, lane-bits; conf/reference.yaml explains every key");
    assertRefused(
        "network: lenet-5\ntrain: {decay: {kind: cosine, to: 0, every: 2}}\n",
        "found key 'every' in train.decay (line 2 of x.yaml); expected one of kind, to;"
            + " conf/reference.yaml explains every key");
  }

  @Test
  void aWrongType() {
    assertRefused(
        "network: lenet-5\ntrain:\n  epochs: many\n",
        "found 'many' for train.epochs (line 3 of x.yaml); expected a whole number from 1 to"
            + " 100000; correct it");
    assertRefused(
        "network: lenet-5\ntrain: 3\n",
        "found 3 for train (line 2 of x.yaml); expected a mapping with epochs, batch-size,"
            + " learning-rate, momentum, l1, l2, decay, loop, engine; correct it");
    assertRefused(
        "network: lenet-5\nseed:\n",
        "found no value for seed (line 2 of x.yaml); expected a whole number from 0 to"
            + " 9223372036854775807; correct it");
    assertRefused(
        "network: lenet-5\npartitions: 2.5\n",
        "found 2.5 for partitions (line 2 of x.yaml); expected a whole number from 1 to 4096;"
            + " correct it");
    assertRefused(
        "network: lenet-5\ntrain: {decay: 7}\n",
        "found 7 for train.decay (line 2 of x.yaml); expected none, or {kind: cosine, to: RATE} or"
            + " {kind: step, every: EPOCHS, factor: FACTOR}; correct it");
  }

  @Test
  void aValueOutOfRange() {
    assertRefused(
        "network: lenet-5\ntrain:\n  l2: 0\n  learning-rate: 0\n",
        "found 0 for train.learning-rate (line 4 of x.yaml); expected a number above 0, up to"
            + " 1000; correct it");
    assertRefused(
        "network: lenet-5\ntrain:\n  momentum: 1\n",
        "found 1 for train.momentum (line 3 of x.yaml); expected a number from 0 to below 1;"
            + " correct it");
    assertRefused(
        PRUNE.replace("0.9", "1.1"),
        "found 1.1 for prune.sparsity (line 3 of x.yaml); expected a number from 0 to 1;"
            + " correct it");
    assertRefused(
        PRUNE.replace("0.9", "{default: 0.9, fc3: -1}"),
        "found -1 for prune.sparsity.fc3 (line 3 of x.yaml); expected a number from 0 to 1;"
            + " correct it");
  }

  @Test
  void aWordThatIsNotAmongThoseAllowed() {
    assertRefused(
        "network: lenet5\n",
        "found 'lenet5' for network (line 1 of x.yaml); expected one of lenet-300-100, lenet-5,"
            + " alexnet, vgg-16; did you mean 'lenet-5'?");
    assertRefused(
        PRUNE.replace("one-shot", "gradul"),
        "found 'gradul' for prune.schedule.kind (line 4 of x.yaml); expected one of one-shot,"
            + " iterative, gradual; did you mean 'gradual'?");
    assertRefused(
        "network: lenet-5\ntrain: {decay: linear}\n",
        "found 'linear' for train.decay (line 2 of x.yaml); expected none, or {kind: cosine, to:"
            + " RATE} or {kind: step, every: EPOCHS, factor: FACTOR}; correct it");
    assertRefused(
        "network: lenet-5\npublish-as: My Model\n",
        "found 'My Model' for publish-as (line 2 of x.yaml); expected a model name: a-z or 0-9,"
            + " then a-z 0-9 . _ -; correct it");
  }

  @Test
  void aMissingKey() {
    assertRefused(
        "network: lenet-5\nprune:\n  sparsity: 0.5\n",
        "found no key 'schedule' in prune (line 2 of x.yaml); expected schedule: {kind: one-shot},"
            + " {kind: iterative, steps: N, every-epochs: N} or {kind: gradual, epochs: N}; add it; conf/reference.yaml explains every key");
    assertRefused(
        PRUNE.replace("one-shot", "iterative, steps: 3"),
        "found no key 'every-epochs' in prune.schedule (line 4 of x.yaml); expected every-epochs:"
            + " a whole number from 1 to 100000; add it; conf/reference.yaml explains every key");
    assertRefused(
        "seed: 2\n",
        "found none of network, from, from-file (line 1 of x.yaml); expected one of them; add"
            + " one");
  }

  @Test
  void keysThatExcludeEachOther() {
    assertRefused(
        "network: lenet-5\nseed: 1\nfrom: lenet-5@3\n",
        "found network (line 1 of x.yaml) and from (line 3 of x.yaml); expected one of the two;"
            + " take one away");
    assertRefused(
        PRUNE.replace("prune:", "prune:\n  quality: 1"),
        "found prune.sparsity (line 4 of x.yaml) and prune.quality (line 3 of x.yaml); expected"
            + " one of the two; take one away");
    assertRefused(
        "network: lenet-5\ndata: {train: {images: a, labels: b}}\n",
        "found data.train without data.test (line 2 of x.yaml); expected both, each with images"
            + " and labels; add data.test");
  }

  @Test
  void parquetWithKeysThatDoNotFit() {
    String parquet = "network: lenet-5\ndata:\n  format: parquet\n";
    assertRefused(
        parquet,
        "found data.format parquet without data.train and data.test (line 3 of x.yaml); expected"
            + " both, each a file or folder; add them");
    assertRefused(
        parquet + "  train: a\n",
        "found data.train without data.test (line 4 of x.yaml); expected both, each a file or"
            + " folder; add data.test");
    assertRefused(
        parquet + "  source: mnist\n",
        "found data.format (line 3 of x.yaml) and data.source (line 4 of x.yaml); expected one of"
            + " the two; take one away");
    assertRefused(
        parquet + "  train: {images: a, labels: b}\n  test: c\n",
        "found a mapping for data.train (line 4 of x.yaml); expected with format: parquet, the"
            + " path or URI of a Parquet file or of a folder of them; correct it");
    assertRefused(
        parquet + "  train: a\n  test: b\n  shape: [28, 28]\n",
        "found a list for data.shape (line 6 of x.yaml); expected [CHANNELS, HEIGHT, WIDTH], the"
            + " shape of an image in Parquet; correct it");
    assertRefused(
        "network: lenet-5\ndata:\n  train: a\n  test: b\n",
        "found 'a' for data.train (line 3 of x.yaml); expected {images: PATH, labels: PATH}, or"
            + " with format: parquet a PATH; correct it");
    assertRefused(
        "network: lenet-5\ndata:\n  shape: [1, 28, 28]\n",
        "found data.shape with data.format idx (line 3 of x.yaml); expected data.shape with format:"
            + " parquet only: IDX files say their shape; take it away");
  }

  @Test
  void globalScopeWithValuesThatMeanNothingThere() {
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "scope: global\n  quality: 1.5"),
        "found prune.quality with scope global (line 4 of x.yaml); expected one sparsity or one"
            + " threshold for all layers; use it, or scope: per-layer");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "scope: global\n  sparsity: {default: 0.9, fc3: 0.5}"),
        "found prune.sparsity per layer with scope global (line 4 of x.yaml); expected one"
            + " sparsity or one threshold for all layers; use it, or scope: per-layer");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "scope: layer-adaptive\n  threshold: 0.1"),
        "found prune.threshold with scope layer-adaptive (line 4 of x.yaml); expected one sparsity"
            + " for all layers; use it, or scope: per-layer");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "exclude: [fc3]\n  sparsity: 0.9"),
        "found prune.exclude with scope per-layer (line 3 of x.yaml); expected exclude with scope"
            + " global or layer-adaptive only; give the layer a sparsity of 0 instead");
  }

  @Test
  void aPlanAndItsTargetBelongTogether() {
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "plan: auto"),
        "found prune.plan without prune.target (line 3 of x.yaml); expected plan: auto with target:"
            + " {sparsity: S} or {error-budget-points: P}; add prune.target");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "sparsity: 0.9\n  target: {sparsity: 0.9}"),
        "found prune.target without prune.plan (line 4 of x.yaml); expected plan: auto with target:"
            + " {sparsity: S} or {error-budget-points: P}; add prune.plan: auto");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "plan: auto\n  target: {}"),
        "found none of sparsity, error-budget-points in prune.target (line 4 of x.yaml); expected"
            + " one of them; add one");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "scope: global\n  plan: auto\n  target: {sparsity: 0.9}"),
        "found prune.plan with scope global (line 4 of x.yaml); expected one sparsity or one"
            + " threshold for all layers; use it, or scope: per-layer");
  }

  @Test
  void levelsOfASweepAscend() {
    assertRefused(
        "network: lenet-5\nsweep:\n  levels: {sparsity: [0.5, 0.5]}\n",
        "found 0.5 after 0.5 in sweep.levels.sparsity (line 3 of x.yaml); expected levels that"
            + " ascend; sort them");
    assertRefused(
        "network: lenet-5\nsweep:\n  levels: {sparsity: [0.5], quality: [1]}\n",
        "found sweep.levels.sparsity (line 3 of x.yaml) and sweep.levels.quality (line 3 of"
            + " x.yaml); expected one of the two; take one away");
  }

  @Test
  void aStartSparsityThatDoesNotFit() {
    assertRefused(
        PRUNE.replace("one-shot", "gradual, epochs: 2, start-sparsity: 0.95"),
        "found start-sparsity 0.95 above the target 0.9 (line 4 of x.yaml); expected a start at"
            + " or below every target; lower it");
    assertRefused(
        PRUNE
            .replace("one-shot", "gradual, epochs: 2, start-sparsity: 0.5")
            .replace("sparsity: 0.9", "quality: 1"),
        "found start-sparsity with prune.quality (line 4 of x.yaml); expected start-sparsity with"
            + " prune.sparsity only; take it away");
  }

  @Test
  void layersThatTheNetworkDoesNotHave() {
    assertRefused(
        PRUNE.replace("0.9", "\n    default: 0.9\n    fc4: 0.5"),
        "found layer 'fc4' in prune.sparsity (line 5 of x.yaml); expected a layer of the network:"
            + " fc1, fc2, fc3; did you mean 'fc1'?");
    assertRefused(
        PRUNE.replace("sparsity: 0.9", "scope: global\n  sparsity: 0.9\n  exclude: [conv1]"),
        "found layer 'conv1' in prune.exclude (line 5 of x.yaml); expected a layer of the network:"
            + " fc1, fc2, fc3; correct the name");
    assertThatThrownBy(
            () ->
                read(
                    PRUNE.replace(
                        "sparsity: 0.9",
                        "scope: global\n  sparsity: 0.9\n  exclude: [fc1, fc2, fc3]")))
        .hasMessageStartingWith("found every layer with weights in prune.exclude;");
  }

  @Test
  void kernelsOfLayersThatAreNotThereOrThatNobodyKnows() {
    assertThatThrownBy(
            () ->
                read(PRUNE, "kernel={fc4: sparse}")
                    .resolveAgainst(ShippedNetwork.LENET_300_100.topology()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("found layer 'fc4' in kernel (in the job file)")
        .hasMessageContaining("fc1, fc2, fc3");
    assertThatThrownBy(() -> read(PRUNE, "kernel={fc1: fast}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("kernel.fc1")
        .hasMessageContaining("dense, sparse");
    assertThatThrownBy(() -> read(PRUNE, "kernel=sparse"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("kernel");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[fc4] | layer 'fc4' in retrain.freeze",
        "conv | retrain.freeze conv, which freezes no layer; expected some of the layers",
        "alternate | retrain.freeze alternate, which freezes no layer",
        "fc | retrain.freeze fc, which freezes every layer",
        "[fc1, fc2, fc3] | retrain.freeze [fc1, fc2, fc3], which freezes every layer",
        "dense | 'dense' for retrain.freeze",
        "[] | found a list for retrain.freeze"
      })
  void someLayersHaveToLearnAndSomeToBeFrozen(String freeze, String message) {
    assertThatThrownBy(() -> read(PRUNE, "retrain.freeze=" + freeze))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void textThatIsNotYaml() {
    assertThatThrownBy(() -> read("network: lenet-5\ntrain: {epochs: 3\nseed: 1\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching("found .* \\(line [234] of x.yaml\\); expected valid YAML; correct it");
    assertRefused(
        "seed: 1\nnetwork: lenet-5\nseed: 2\n",
        "found key 'seed' twice (line 3 of x.yaml); expected every key once; correct it");
    assertRefused(
        "- a\n- b\n",
        "found no mapping at line 1 of x.yaml; expected a mapping of job options; correct it");
    assertRefused("", "found nothing in x.yaml; expected a mapping of job options; correct it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network: !!java.net.URL [http://localhost]",
        "network: !x lenet-5",
        "a: &a [*a]",
        "a: &a {b: *a}",
        "? [x]\n: y",
        "network: lenet-5\n---\nnetwork: lenet-5",
        "network: \u0001",
        "seed: 1e999999999",
        "seed: 99999999999999999999999999999999999999999999",
        "train: {learning-rate: 1e-999}",
        "network: lenet-5\nfrom-file: ''",
        "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
      })
  void hostileTextsAreUsageErrorsOnOneLine(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UsageException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").contains("; expected "));
  }

  @Test
  void aFileThatIsMissing() {
    Path missing = Path.of("no-such", "job.yaml");

    assertThatThrownBy(() -> JobFileReader.read(missing, List.of(), CommandLineOverrides.none()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "found no job file no-such/job.yaml; expected a YAML file; correct the path, or start"
                + " from a copy of conf/reference.yaml");
    assertThatThrownBy(
            () -> JobFileReader.read(Path.of("."), List.of(), CommandLineOverrides.none()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  void aSetThatIsWrong() {
    assertThatThrownBy(() -> read(PRUNE, "train.epochs=0"))
        .hasMessage(
            "found 0 for train.epochs (--set train.epochs=0); expected a whole number from 1 to"
                + " 100000; correct it");
    assertThatThrownBy(() -> read(PRUNE, "epochs"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("found 'epochs' for --set; expected --set key.path=value");
    assertThatThrownBy(() -> read(PRUNE, "network.size=3"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("where network has keys");
    assertThatThrownBy(() -> read(PRUNE, "train..epochs=3")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> read(PRUNE, "train.epochs={")).isInstanceOf(UsageException.class);
  }

  @Test
  void aLocationThatIsNone() {
    assertThatThrownBy(() -> read(PRUNE, "store='hdfs://a b/c'"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'hdfs://a b/c' for store (--set store=");
  }

  @Test
  void aZipWhoseNameIsNoModelName() {
    assertRefused(
        "from-file: /data/My Net.zip\n",
        "found no publish-as, and a file name that is no model name: 'my net' (line 1 of x.yaml);"
            + " expected publish-as: a name of a-z 0-9 . _ -; add it");
  }
}
