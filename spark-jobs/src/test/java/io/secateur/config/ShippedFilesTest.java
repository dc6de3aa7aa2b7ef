package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.network.ShippedNetwork;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningScope;
import io.secateur.prune.TargetSparsity;
import io.secateur.schedule.Gradual;
import io.secateur.schedule.LearningRateDecay;
import io.secateur.tensor.Sparsity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedFilesTest {
  private static final Path CONF = Path.of("..", "conf");
  private static final String POLICY = "catalog-policy.yaml";

  static List<String> jobFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CONF)) {
      return files
          .map(file -> CONF.relativize(file).toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals(POLICY))
          .sorted()
          .toList();
    }
  }

  @Test
  void theJobFilesOfTheContractShip() throws IOException {
    assertThat(jobFiles())
        .containsExactly(
            "demo.yaml",
            "lenet-300-100.yaml",
            "lenet-5.yaml",
            "paper/lenet-300-100.yaml",
            "paper/lenet-5.yaml",
            "reference.yaml",
            "sweep-lenet-5.yaml",
            "tradeoff.yaml");
  }

  @ParameterizedTest
  @MethodSource("jobFiles")
  void everyJobFileIsValidInTheJarToo(String name) {
    JobOptions fromFolder =
        JobFileReader.read(CONF.resolve(name), List.of(), CommandLineOverrides.none());

    assertThat(fromFolder.prune() == null)
        .isEqualTo(name.startsWith("sweep-") || name.equals("tradeoff.yaml"));
    assertThat(JobFileReader.readShipped(name, List.of(), CommandLineOverrides.none()))
        .isEqualTo(fromFolder);
    assertThat(fromFolder.seed()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("jobFiles")
  void optionsWrittenAsAJobFileReadBackTheSame(String name) {
    JobOptions options = JobFileReader.readShipped(name, List.of(), CommandLineOverrides.none());

    byte[] written = options.toYaml().getBytes(StandardCharsets.UTF_8);

    assertThat(JobFileReader.read("job.yaml", written, List.of(), CommandLineOverrides.none()))
        .isEqualTo(options);
  }

  @Test
  void theFiftyfoldRecipeIsTheOneThatWasMeasured() {
    JobOptions options =
        JobFileReader.readShipped("lenet-300-100.yaml", List.of(), CommandLineOverrides.none());

    assertThat(options.prune())
        .isEqualTo(
            new PruneOptions(
                PruningScope.GLOBAL,
                new TargetSparsity(PerLayer.all(Sparsity.of("0.98"))),
                Set.of(),
                new Gradual(Sparsity.of("0.3"), 15, 100, 30)));
    assertThat(options.train().learningRate() * options.retrain().learningRateFactor())
        .isEqualTo(0.2);
    assertThat(options.retrain().holdDecay()).isEqualTo(new LearningRateDecay.Cosine(0.001));
    assertThat(options.data().shiftPixels()).isEqualTo(1);
  }

  @Test
  void thePapersJobsHaveNoAugmentation() {
    for (String name : List.of("paper/lenet-300-100.yaml", "paper/lenet-5.yaml")) {
      JobOptions options = JobFileReader.readShipped(name, List.of(), CommandLineOverrides.none());
      assertThat(options.data().shiftPixels()).isZero();
      assertThat(options.prune().criterion().key()).isEqualTo("quality");
    }
  }

  @Test
  void theReferenceNamesEveryKeyOfTheSchema() throws IOException {
    String reference = Files.readString(CONF.resolve("reference.yaml"));
    Set<String> keys = new TreeSet<>();
    collectKeys(schema(), keys);

    assertThat(keys).contains("learning-rate-factor", "start-sparsity", "shift-pixels");
    assertThat(keys).allSatisfy(key -> assertThat(reference).contains(key + ":"));
  }

  @Test
  void thePolicyNamesEveryKeyOfItsSchemaAndReadsBackTheSame() throws IOException {
    String text = Files.readString(CONF.resolve(POLICY));
    Set<String> keys = new TreeSet<>();
    collectKeys(new ObjectMapper().readTree(ShippedConf.bytes("schema/policy.schema.json")), keys);

    assertThat(keys).contains("error-budget-points", "per-executor-mebibytes", "threshold");
    assertThat(keys).allSatisfy(key -> assertThat(text).contains(key + ":"));
    CatalogPolicy policy = CatalogPolicyReader.read(CONF.resolve(POLICY), List.of());
    assertThat(
            CatalogPolicyReader.read(
                    "again", policy.toYaml().getBytes(StandardCharsets.UTF_8), List.of())
                .rules())
        .isEqualTo(policy.rules());
  }

  @Test
  void theSchemasDefaultsAreThoseOfTheReader() throws IOException {
    byte[] minimal =
        ("{network: lenet-5, prune: {sparsity: 0.5, schedule: {kind: one-shot}},"
                + " tradeoff: {sparsity: [0.5]}}")
            .getBytes(StandardCharsets.UTF_8);
    List<String> sets = new ArrayList<>();
    JsonNode schema = schema();
    collectDefaults(new SchemaWords(schema), schema, "", sets);

    assertThat(sets).contains("train.epochs=20", "partitions=2", "retrain.keep=best");
    assertThat(JobFileReader.read("job", minimal, sets, CommandLineOverrides.none()))
        .isEqualTo(JobFileReader.read("job", minimal, List.of(), CommandLineOverrides.none()));
  }

  @Test
  void theSchemaNamesTheNetworksThatShip() throws IOException {
    List<String> names = new ArrayList<>();
    schema().at("/properties/network/enum").forEach(name -> names.add(name.textValue()));

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ShippedNetwork.values()).map(ShippedNetwork::wireName).toList());
  }

  private static JsonNode schema() throws IOException {
    return new ObjectMapper().readTree(ShippedConf.bytes("schema/job.schema.json"));
  }

  private static void collectKeys(JsonNode part, Set<String> keys) {
    part.path("properties").fieldNames().forEachRemaining(keys::add);
    part.forEach(child -> collectKeys(child, keys));
  }

  private static void collectDefaults(
      SchemaWords words, JsonNode part, String path, List<String> sets) {
    for (String key : words.keys(part)) {
      JsonNode child = words.resolved(part.get("properties").get(key));
      if (child.has("default")) {
        sets.add(path + key + "=" + child.get("default").asText());
      } else {
        collectDefaults(words, child, path + key + ".", sets);
      }
    }
  }
}
