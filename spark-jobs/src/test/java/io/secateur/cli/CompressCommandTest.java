package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredTensor;
import io.secateur.store.hadoop.ModelStores;
import io.secateur.train.dl4j.SampleZips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressCommandTest {
  private static final String POLICY =
      """
      rules:
        - {model: "rows-*", kind: dense, weights: {to: 100}, sparsity: 0}
        - {model: "rows-*", kind: dense, quality: 1, encoding: paper}
        - {kind: convolution, threshold: 0.05}
        - {scope: global, sparsity: 0.9}
      """;

  @TempDir private Path folder;

  private final Session session = new Session();
  private String store = "store";
  private Path catalog;
  private Path policy;

  @BeforeEach
  void prepare() throws IOException {
    catalog = Files.createDirectory(folder.resolve("Catalog"));
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
  }

  private Path in(String file) {
    return catalog.resolve(file);
  }

  private ModelStore store() {
    return ModelStores.open(folder.resolve(store).toUri());
  }

  private int compress(String out, String models, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "compress",
                models,
                "--policy",
                policy.toString(),
                "--master",
                "local[2]",
                "--store",
                folder.resolve(store).toString(),
                "--out",
                folder.resolve(out).toString()));
    words.addAll(Arrays.asList(more));
    return session.run(words.toArray(String[]::new));
  }

  private JsonNode result(String out) {
    return Session.result(folder.resolve(out)).get("catalog");
  }

  private ModelManifest manifest(String model) {
    return store().manifest(store().resolve(ModelReference.parse(model)));
  }

  private static StoredTensor tensor(ModelManifest manifest, String name) {
    return manifest.tensors().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFolderIsCompressedByTheFirstRuleThatFitsEachLayer() {
    SampleZips.rows(in("Rows-A.zip"), 1, 20, List.of(30, 10), 4);
    SampleZips.images(in("images.zip"), 2, 28, 1, 4, 20, 5);
    SampleZips.branches(in("graph.zip"), 3, 12, 16, 4);

    assertThat(compress("out", catalog.toString())).isZero();

    assertThat(session.err().text()).isEmpty();
    assertThat(store().models()).containsExactly("graph", "images", "rows-a");
    ModelManifest rows = manifest("rows-a");
    assertThat(tensor(rows, "out.weight").nonZeros()).isEqualTo(40);
    assertThat(tensor(rows, "fc1.weight").encoding()).hasToString("relative-index/5");
    // weights of a uniform distribution: beyond one standard deviation lie 1 - 1/sqrt(3) of them
    assertThat(tensor(rows, "fc1.weight").nonZeros()).isBetween(200L, 310L);
    ModelManifest images = manifest("images");
    long left = tensor(images, "fc1.weight").nonZeros() + tensor(images, "out.weight").nonZeros();
    assertThat(left).isEqualTo((200 * 20 + 20 * 5) / 10);
    assertThat(manifest("graph").survivingWeights())
        .isEqualTo(Math.round((12 * 16 + 2 * 16 * 16 + 16 * 4) / 10.0));
    for (String model : store().models()) {
      assertThat(store().read(new ModelVersion(model, 1)).parameters().mask().cardinality())
          .isEqualTo((int) manifest(model).survivingWeights());
    }
    assertThat(store().maintenance().verify(new ModelVersion("graph", 1)).damages()).isEmpty();
    JsonNode report = result("out");
    assertThat(report.get("published").asInt()).isEqualTo(3);
    assertThat(report.get("models").get(0).get("model").asText()).isEqualTo("images");
    assertThat(folder.resolve("out/catalog.csv")).content().hasLineCount(4);
  }

  @Test
  void aBadModelCostsOnlyItself() throws IOException {
    Path sound = SampleZips.rows(in("sound.zip"), 1, 20, List.of(30, 10), 4);
    SampleZips.withValue(sound, in("nan.zip"), Float.NaN);
    SampleZips.damaged(sound, in("damaged.zip"));
    SampleZips.withUnknownLayer(sound, in("unknown.zip"));
    byte[] bytes = Files.readAllBytes(sound);
    Files.write(in("cut.zip"), Arrays.copyOf(bytes, bytes.length - 100));
    SampleZips.rows(in("large.zip"), 1, 2048, List.of(1100), 4);

    int code = compress("out", catalog.toString(), "--set", "memory.per-executor-mebibytes=16");

    assertThat(code).isEqualTo(1);
    assertThat(session.err().text()).contains("5 of 6 models").contains("--allow-failures");
    assertThat(store().models()).containsExactly("sound");
    assertThat(reason("out", "nan")).startsWith("found NaN in layer fc1");
    assertThat(reason("out", "damaged")).contains("does not match its checksum");
    assertThat(reason("out", "unknown")).contains("MadeUpLayer");
    assertThat(reason("out", "cut")).contains("damaged, cut short or no zip");
    assertThat(reason("out", "large")).contains("too large").contains("at most 16 MiB");

    assertThat(compress("again", catalog.toString(), "--allow-failures")).isZero();
    assertThat(result("again").get("unchanged").asInt()).isEqualTo(1);
    assertThat(store().models()).containsExactly("large", "sound");
  }

  private String reason(String out, String model) {
    for (JsonNode one : result(out).get("models")) {
      if (one.get("model").asText().equals(model)) {
        return one.get("reason").asText();
      }
    }
    throw new AssertionError(model);
  }

  @Test
  void aSecondRunPublishesNothingUntilAModelOrThePolicyChanges() throws IOException {
    SampleZips.rows(in("a.zip"), 1, 20, List.of(30), 4);
    SampleZips.rows(in("b.zip"), 2, 20, List.of(30), 4);
    assertThat(compress("one", catalog.toString())).isZero();
    SampleZips.rows(in("a.zip"), 3, 20, List.of(30), 4);
    assertThat(compress("two", catalog.toString())).isZero();
    assertThat(result("two").get("unchanged").asInt()).isEqualTo(1);
    assertThat(store().versions("a")).hasSize(2);
    assertThat(store().versions("b")).hasSize(1);

    Files.writeString(policy, "rules: [{sparsity: 0.5}]");
    assertThat(compress("three", catalog.toString())).isZero();
    assertThat(store().versions("a")).hasSize(3);
    assertThat(store().versions("b")).hasSize(2);
  }

  @Test
  void versionsOfTheStoreAreCompressedAndNotTheirResults() {
    SampleZips.rows(in("net-a.zip"), 1, 20, List.of(30), 4);
    SampleZips.rows(in("net-b.zip"), 2, 20, List.of(30), 4);
    assertThat(compress("dense", catalog.toString(), "--set", "rules=[{sparsity: 0}]")).isZero();
    store().tag(new ModelVersion("net-b", 1), "chosen");

    assertThat(compress("out", "net-*")).isZero();

    ModelManifest made = manifest("net-a");
    assertThat(made.version().number()).isEqualTo(2);
    assertThat(made.provenance().parent()).contains(new ModelVersion("net-a", 1));
    assertThat(made.survivingWeights()).isEqualTo((20 * 30 + 30 * 4) / 10);
    assertThat(compress("tagged", "*@chosen")).isZero();
    assertThat(result("tagged").get("models")).hasSize(1);
    assertThat(result("tagged").get("unchanged").asInt()).isEqualTo(1);
  }

  private void writePolicyWithData(String schedule, String budget) throws IOException {
    IdxFiles train = SampleDigits.train();
    IdxFiles test = SampleDigits.test();
    Files.writeString(
        policy,
        """
        rules: [{scope: global, sparsity: 0.8, encoding: paper}]
        models:
          - model: "digits-*"
            data:
              train: {images: "%s", labels: "%s"}
              test: {images: "%s", labels: "%s"}
              validation: 200
              examples: 320
            train: {batch-size: 32, learning-rate: 0.5}
            rounds: {minibatches: 4}
            %s
            error-budget-points: %s
        """
            .formatted(
                train.images(), train.labels(), test.images(), test.labels(), schedule, budget));
  }

  @Test
  void severalModelsAreRetrainedAtOnceToTheBitsOfEachAlone() throws IOException {
    writePolicyWithData(
        "schedule: {kind: iterative, steps: 2, every-epochs: 1, hold-epochs: 2}", "50");
    SampleZips.rows(in("digits-a.zip"), 1, 784, List.of(24), 10);
    SampleZips.rows(in("digits-b.zip"), 2, 784, List.of(20), 10);
    SampleZips.rows(in("plain.zip"), 3, 20, List.of(30), 4);

    assertThat(compress("out", catalog.toString())).isZero();

    assertThat(result("out").get("published").asInt()).isEqualTo(3);
    ModelManifest both = manifest("digits-a");
    assertThat(both.survivingWeights()).isBetween(3700L, Math.round(0.2 * (784 * 24 + 240)));
    assertThat(tensor(both, "fc1.weight").encoding()).hasToString("relative-index/5");
    for (JsonNode one : result("out").get("models")) {
      if (one.get("model").asText().startsWith("digits")) {
        assertThat(one.get("errorAfter").asDouble())
            .isLessThan(one.get("errorBefore").asDouble() - 10);
      } else {
        assertThat(one.get("errorBefore").isNull()).isTrue();
      }
    }
    assertThat(compress("again", catalog.toString())).isZero();
    assertThat(result("again").get("unchanged").asInt()).isEqualTo(3);

    Files.delete(in("digits-b.zip"));
    store = "alone";
    assertThat(compress("alone", catalog.toString())).isZero();
    assertThat(manifest("digits-a").hashes()).isEqualTo(both.hashes());
  }

  @Test
  void aModelOverItsBudgetIsNotPublished() throws IOException {
    writePolicyWithData("", "0");
    Path trained = in("digits-a.zip");
    SampleZips.trainedOnDigits(trained, 1, 24);

    assertThat(compress("out", catalog.toString(), "--allow-failures")).isZero();

    assertThat(reason("out", "digits-a")).contains("over budget").contains("at most 0 points");
    assertThat(store().models()).isEmpty();
  }
}
