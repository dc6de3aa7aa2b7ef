package io.secateur.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.NetworkLoader;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.store.hadoop.ModelStores;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of EMBEDDING.md, in a process whose class path has this library and Jackson: no
 * Hadoop, Spark, ND4J or DL4J.
 */
class EmbeddingTest {
  private static final Topology TOPOLOGY = ShippedNetwork.LENET_5.topology();

  @TempDir private Path folder;
  private NetworkParameters parameters;
  private Path exported;

  @BeforeEach
  void publishAndExport() throws IOException {
    parameters = pruned();
    ModelStore store = ModelStores.open(folder.resolve("store").toUri());
    Map<String, Long> before =
        parameters.layout().weights().stream()
            .collect(Collectors.toMap(t -> t.layer(), t -> (long) t.elements()));
    ModelDraft draft =
        new ModelDraft(
            "lenet",
            TOPOLOGY,
            parameters,
            EncodingPolicy.AUTO,
            "{}".getBytes(StandardCharsets.UTF_8),
            before);
    try (StagedModel staged = store.stage(draft)) {
      staged.publish(
          new Provenance(
              null, "job", "pruned", Map.of(), Map.of(), 1, 1, "native", Map.of(), Map.of()));
    }
    exported = folder.resolve("lenet.zip");
    store.export(store.resolve(ModelReference.parse("lenet")), Files.newOutputStream(exported));
  }

  private static NetworkParameters pruned() {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(TOPOLOGY));
    Random random = new Random(4);
    for (int i = 0; i < parameters.weights().length; i++) {
      parameters.weights()[i] = random.nextInt(10) == 0 ? (float) random.nextGaussian() / 4 : 0;
    }
    return parameters;
  }

  private static String pathOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Jackson, this library without its tests, and the example alone. */
  private String classPath() throws Exception {
    Path example = folder.resolve("example/io/secateur/example");
    Files.createDirectories(example);
    Path compiled = Path.of(pathOf(EmbeddingTest.class)).resolve("io/secateur/example");
    try (Stream<Path> files = Files.list(compiled)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().startsWith("EmbeddingTest")) {
          Files.copy(file, example.resolve(file.getFileName()));
        }
      }
    }
    return String.join(
        File.pathSeparator,
        pathOf(SparseNetwork.class),
        pathOf(ObjectMapper.class),
        pathOf(JsonFactory.class),
        pathOf(JsonProperty.class),
        folder.resolve("example").toString());
  }

  private Process start(String module, String main, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", module, "-cp", classPath(), main));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk.incubator.vector", "java.base"})
  void theExamplePredictsWithoutAnythingElse(String module) throws Exception {
    byte[] digit = new byte[784];
    new Random(5).nextBytes(digit);
    float[] raw = new float[784];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = digit[i] & 0xFF;
    }
    Process service = start(module, DigitService.class.getName(), exported.toString(), "0");
    try (BufferedReader out = service.inputReader()) {
      String line = String.valueOf(out.readLine());
      assertThat(line).as(Files.readString(folder.resolve("err"))).contains("4 layers");
      URI address = URI.create(line.substring(line.indexOf("http")) + "/predict");
      SparseNetwork here = SparseNetwork.of(TOPOLOGY, parameters);

      String answer = post(address, digit).body();
      assertThat(answer).startsWith(here.label(raw) + " [");
      double[] found =
          Stream.of(answer.replaceAll(".*\\[|\\].*\\n", "").split(", "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      float[] expected = here.probabilities(raw);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isBetween(expected[i] - 1e-4, expected[i] + 1e-4);
      }
      assertThat(post(address, Arrays.copyOf(digit, 700)).statusCode()).isEqualTo(400);
    } finally {
      service.destroy();
    }
  }

  private static HttpResponse<String> post(URI address, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aStoreOnAFileSystemNeedsNoHadoopEither() throws Exception {
    String store = folder.resolve("store").toUri().toString();
    Process process = start("java.base", FromStore.class.getName(), store, "lenet@1");
    String out;
    try (InputStream in = process.getInputStream()) {
      out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(out).contains("4 layers").contains("label");
  }

  @Test
  void theExportedFileIsTheNetwork() {
    SparseNetwork loaded = NetworkLoader.load(exported);
    SparseNetwork expected = SparseNetwork.of(TOPOLOGY, parameters);
    float[] example = new float[784];
    Arrays.fill(example, 100);
    assertThat(loaded.logits(example)).isEqualTo(expected.logits(example));
    assertThat(loaded.layers()).isEqualTo(expected.layers());
  }

  /** What the page shows is what was compiled and run above. */
  @Test
  void thePageShowsTheExample() throws IOException {
    String page = Files.readString(Path.of("EMBEDDING.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/secateur/example/DigitService.java"));
    assertThat(page).contains(source);
  }
}
