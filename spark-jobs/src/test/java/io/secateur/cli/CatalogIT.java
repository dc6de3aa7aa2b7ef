package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.network.ShippedNetwork;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.hadoop.ModelStores;
import io.secateur.tensor.WeightTensor;
import io.secateur.train.dl4j.GeneratedZips;
import io.secateur.train.dl4j.SampleZips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn verify -Pcatalog}: 60 models from a fixed seed, 600 million parameters, six of them
 * broken; and VGG-16 on HDFS. The figures go to {@code target/catalog-figures.txt}.
 */
@Tag("catalog")
class CatalogIT {
  private static final Path FIGURES = Path.of("target", "catalog-figures.txt");
  private static final int SOUND = 54;
  private static final int BROKEN = 6;
  private static final double SLOWEST_SHARE = 0.3;
  private static final long MOST_RESIDENT_KIB = 6L << 20;
  private static final double LONGEST_SECOND_RUN = 20;

  private static final String POLICY =
      """
      rules:
        - {kind: convolution, quality: 0.5}
        - {model: "graph-*", scope: global, sparsity: 0.9}
        - {sparsity: 0.9}
      """;

  /** Han et al. 2015, table 5: the densities of VGG-16's layers in percent. */
  private static final Map<String, Integer> PAPER =
      Map.ofEntries(
          Map.entry("conv1_1", 58),
          Map.entry("conv1_2", 22),
          Map.entry("conv2_1", 34),
          Map.entry("conv2_2", 36),
          Map.entry("conv3_1", 53),
          Map.entry("conv3_2", 24),
          Map.entry("conv3_3", 42),
          Map.entry("conv4_1", 32),
          Map.entry("conv4_2", 27),
          Map.entry("conv4_3", 34),
          Map.entry("conv5_1", 35),
          Map.entry("conv5_2", 29),
          Map.entry("conv5_3", 36),
          Map.entry("fc6", 4),
          Map.entry("fc7", 4),
          Map.entry("fc8", 23));

  @TempDir private static Path folder;
  private static Path catalog;
  private static long parameters;
  private static long bytes;

  @BeforeAll
  static void generate() throws IOException {
    Files.deleteIfExists(FIGURES);
    catalog = Files.createDirectory(folder.resolve("catalog"));
    List<Long> sizes = new ArrayList<>();
    for (long millions : new long[] {60, 55, 50, 45, 40, 35, 32, 31}) {
      sizes.add(millions * 1_000_000);
    }
    add(sizes, 14, 12_300_000);
    add(sizes, 12, 5_000_000);
    add(sizes, 10, 2_000_000);
    add(sizes, 5, 500_000);
    for (long small : new long[] {10_500, 20_000, 40_000, 70_000, 100_000}) {
      sizes.add(small);
    }
    assertThat(sizes).hasSize(SOUND);
    for (int i = 0; i < SOUND; i++) {
      parameters += write(i, sizes.get(i));
    }
    assertThat(parameters).isGreaterThan(600_000_000);
    breakSix();
    try (Stream<Path> files = Files.list(catalog)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    tell("catalog: %d models, %d parameters, %.1f MB in zips", SOUND, parameters, bytes / 1e6);
  }

  private static void add(List<Long> sizes, int count, long size) {
    for (int i = 0; i < count; i++) {
      sizes.add(size);
    }
  }

  /** Families take turns. */
  private static long write(int index, long size) throws IOException {
    String number = String.format(Locale.ROOT, "%02d.zip", index);
    return switch (index % 3) {
      case 0 ->
          GeneratedZips.rows(
              catalog.resolve("rows-" + number),
              index,
              (int) Math.round(Math.sqrt((double) size) - 6));
      case 1 ->
          GeneratedZips.branches(
              catalog.resolve("graph-" + number), index, (int) Math.round(Math.sqrt(size / 3.0)));
      default ->
          GeneratedZips.images(
              catalog.resolve("images-" + number), index, (int) Math.max(4, size / 1163));
    };
  }

  private static void breakSix() throws IOException {
    Path sound = SampleZips.rows(folder.resolve("sound.zip"), 1, 500, List.of(500, 300), 10);
    SampleZips.withValue(sound, catalog.resolve("broken-nan.zip"), Float.NaN);
    SampleZips.damaged(sound, catalog.resolve("broken-bits.zip"));
    SampleZips.withUnknownLayer(sound, catalog.resolve("broken-layer.zip"));
    byte[] whole = Files.readAllBytes(sound);
    Files.write(catalog.resolve("broken-cut.zip"), Arrays.copyOf(whole, whole.length - 1000));
    Files.writeString(catalog.resolve("broken-text.zip"), "no zip");
    SampleZips.withoutCoefficients(sound, catalog.resolve("broken-empty.zip"));
  }

  private static void tell(String format, Object... values) throws IOException {
    Files.writeString(
        FIGURES,
        String.format(Locale.ROOT, format, values) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static ModelStore store(String name) {
    return ModelStores.open(folder.resolve(name).toUri());
  }

  /** A process that compresses; what it prints goes to a file. */
  private static Process start(Path policy, URI store, String out, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "compress",
                catalog.toString(),
                "--policy",
                policy.toString(),
                "--allow-failures",
                "--store",
                store.toString(),
                "--master",
                "local[2]"));
    if (!out.isEmpty()) {
      words.addAll(List.of("--out", folder.resolve(out).toString()));
    }
    words.addAll(List.of(more));
    return start(words);
  }

  private static Process start(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Xmx"))
            .toList());
    command.addAll(
        List.of(
            "-Xmx4g",
            "-XX:+UseParallelGC",
            "-Dsecateur.log=" + folder.resolve("spark.log"),
            "-cp",
            System.getProperty("java.class.path"),
            "io.secateur.cli.Main"));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("printed.txt").toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }

  private static void requireSuccess(Process process) throws Exception {
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("printed.txt"))).isZero();
  }

  /** Waits for its end. */
  private static long peakKib(Process process) throws Exception {
    long peak = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      long now = resident(process.toHandle());
      for (ProcessHandle child : process.toHandle().descendants().toList()) {
        now += resident(child);
      }
      peak = Math.max(peak, now);
    }
    return peak;
  }

  /** VmHWM: the most that was resident at any time, in KiB. */
  private static long resident(ProcessHandle process) {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has ended
    }
  }

  @Test
  void sixtyModelsAreCompressedOnceWhateverHappens() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    double copied = copyMegabytesPerSecond();
    tell("copying the zips through the store: %.1f MB/s", copied);

    Process first = start(policy, folder.resolve("whole").toUri(), "one");
    long peak = peakKib(first);
    requireSuccess(first);
    JsonNode one = Session.result(folder.resolve("one")).get("catalog");
    double dense = one.get("bytesBefore").asLong() / 1e6 / one.get("seconds").asDouble();
    tell(
        "compress: %d published, %d failed in %.1f s, %.1f dense MB/s (%.2f of copying), %.1f MB"
            + " stored, %.1fx",
        one.get("published").asInt(),
        one.get("failed").asInt(),
        one.get("seconds").asDouble(),
        dense,
        dense / copied,
        one.get("bytesAfter").asLong() / 1e6,
        one.get("bytesBefore").asDouble() / one.get("bytesAfter").asDouble());
    tell("peak resident memory: %.2f GiB", peak / 1048576.0);
    assertThat(one.get("published").asInt()).isEqualTo(SOUND);
    assertThat(one.get("failed").asInt()).isEqualTo(BROKEN);
    for (JsonNode model : one.get("models")) {
      if (model.get("status").asText().equals("failed")) {
        tell("  %s: %s", model.get("source").asText(), model.get("reason").asText());
      }
    }
    ModelStore whole = store("whole");
    for (String model : whole.models()) {
      assertThat(whole.maintenance().verify(model).damages()).as(model).isEmpty();
    }
    tell("verified: %d models", whole.models().size());
    long start = System.nanoTime();
    requireSuccess(start(policy, folder.resolve("whole").toUri(), "two"));
    double again = (System.nanoTime() - start) / 1e9;
    tell("second run: %.1f s, all of the process", again);
    JsonNode two = Session.result(folder.resolve("two")).get("catalog");
    assertThat(two.get("published").asInt()).isZero();
    assertThat(two.get("unchanged").asInt()).isEqualTo(SOUND);

    killAndResume(policy, hashes(whole));

    assertThat(peak).isLessThan(MOST_RESIDENT_KIB);
    assertThat(dense).isGreaterThan(SLOWEST_SHARE * copied);
    assertThat(again).isLessThan(LONGEST_SECOND_RUN);
  }

  private static void killAndResume(Path policy, Map<String, ModelHashes> expected)
      throws Exception {
    ModelStore store = store("killed");
    Process killed = start(policy, store.root(), "three");
    while (store.models().size() < SOUND / 2 && killed.isAlive()) {
      Thread.sleep(50);
    }
    killed.destroyForcibly().waitFor();
    int before = store.models().size();
    assertThat(before).isBetween(SOUND / 2, SOUND - 1);
    requireSuccess(start(policy, store.root(), "", "--resume"));
    tell("killed (SIGKILL) after %d of %d models and resumed: the same hashes", before, SOUND);
    assertThat(store.models()).hasSize(SOUND);
    for (String model : store.models()) {
      assertThat(store.versions(model)).hasSize(1);
    }
    assertThat(hashes(store)).isEqualTo(expected);
    JsonNode result = Session.result(folder.resolve("three"));
    assertThat(result.get("resumed").asBoolean()).isTrue();
    assertThat(result.get("catalog").get("published").asInt()).isEqualTo(SOUND);
  }

  private static Map<String, ModelHashes> hashes(ModelStore store) {
    Map<String, ModelHashes> hashes = new TreeMap<>();
    for (String model : store.models()) {
      hashes.put(model, store.manifest(new ModelVersion(model, 1)).hashes());
    }
    return hashes;
  }

  /** Reads every zip and writes it durably into the store's filesystem. */
  private static double copyMegabytesPerSecond() throws IOException {
    ModelStore store = store("copy");
    List<Path> files;
    try (Stream<Path> all = Files.list(catalog)) {
      files = all.sorted(Comparator.comparing(Path::toString)).toList();
    }
    long start = System.nanoTime();
    files.parallelStream()
        .forEach(
            file -> {
              try {
                store.jobs().write("copy", file.getFileName().toString(), Files.readAllBytes(file));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Path file : files) {
      store.jobs().delete("copy", file.getFileName().toString());
    }
    return bytes / 1e6 / seconds;
  }

  @Test
  void vgg16IsCutToThePapersDensitiesAndReadFromHdfs() throws Exception {
    Path vgg = Files.createDirectory(folder.resolve("large")).resolve("vgg-16.zip");
    long count = GeneratedZips.shipped(vgg, 16, ShippedNetwork.VGG_16);
    assertThat(count).isEqualTo(138_357_544);
    StringBuilder rules = new StringBuilder("rules:\n");
    PAPER.forEach(
        (layer, percent) ->
            rules.append(
                "  - {layer: \"%s\", sparsity: 0.%02d, encoding: paper}\n"
                    .formatted(layer, 100 - percent)));
    Path policy = Files.writeString(folder.resolve("vgg.yaml"), rules);
    Configuration configuration = new Configuration();
    configuration.set("hdfs.minidfs.basedir", folder.resolve("hdfs").toString());
    try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      URI root = URI.create(hdfs.getURI() + "/secateur");
      Process process =
          start(
              List.of(
                  "compress",
                  vgg.getParent().toString() + "/",
                  "--policy",
                  policy.toString(),
                  "--store",
                  root.toString(),
                  "--out",
                  folder.resolve("vgg").toString(),
                  "--master",
                  "local[2]"));
      long peak = peakKib(process);
      requireSuccess(process);
      JsonNode model = Session.result(folder.resolve("vgg")).get("catalog").get("models").get(0);
      tell(
          "vgg-16: %d parameters, weights %.2fx, bytes %.2fx, %.1f MB stored on HDFS in %.1f s, a"
              + " heap of 4 GiB, peak resident %.2f GiB",
          count,
          model.get("weightsBefore").asDouble() / model.get("weightsAfter").asDouble(),
          model.get("bytesBefore").asDouble() / model.get("bytesAfter").asDouble(),
          model.get("bytesAfter").asLong() / 1e6,
          model.get("seconds").asDouble(),
          peak / 1048576.0);
      long start = System.nanoTime();
      requireSuccess(start(List.of("models", "verify", "vgg-16", "--store", root.toString())));
      tell("vgg-16 verified in %.1f s", (System.nanoTime() - start) / 1e9);
      ModelStore store = ModelStores.open(root);
      ModelVersion version = new ModelVersion("vgg-16", 1);
      start = System.nanoTime();
      WeightTensor fc6 = store.read(version, "fc6.weight");
      tell(
          "fc6 of %s read alone in %.2f s: %d of %d weights",
          version, (System.nanoTime() - start) / 1e9, fc6.nonZeros(), fc6.shape().elements());
      assertThat(fc6.nonZeros()).isEqualTo(Math.round(0.04 * fc6.shape().elements()));
    }
  }
}
