package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.hadoop.ModelStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsCommandTest {
  @TempDir private Path folder;
  private ModelStore store;
  private Session session = new Session();

  @BeforeEach
  void fill() {
    store = ModelStores.open(folder.resolve("s").toUri());
    for (int i = 0; i < 3; i++) {
      StoredSamples.publish(store, "lenet");
    }
    StoredSamples.publish(store, "other");
  }

  private int run(String... words) {
    session = new Session();
    return session.run(
        Stream.concat(
                Stream.of("models"),
                Stream.concat(
                    Arrays.stream(words), Stream.of("--store", folder.resolve("s").toString())))
            .toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(session.out().text());
  }

  private Path file(String first, String... more) {
    return folder.resolve("s/models").resolve(Path.of(first, more));
  }

  @Test
  void theListOfModelsOpensNoManifest() throws IOException {
    Files.writeString(file("lenet/versions/2.json"), "damaged");
    store.tag(new ModelVersion("lenet", 1), "production");
    store.tag(new ModelVersion("lenet", 1), "dense-20261124-093015-7f3a");

    assertThat(run("list")).isZero();
    assertThat(session.out().lines()).hasSize(3);
    assertThat(session.out().lines().get(1))
        .contains("lenet", "3", "production@1")
        .doesNotContain("dense");
    assertThat(session.out().lines().get(2)).contains("other", "1");

    assertThat(run("list", "--json")).isZero();
    assertThat(json().get(0).get("latest").asInt()).isEqualTo(3);
    assertThat(json().get(0).get("tags").get("dense-20261124-093015-7f3a").asInt()).isEqualTo(1);
  }

  @Test
  void theListOfOneModelTellsItsVersionsAndWhichHaveExpired() throws IOException {
    run("expire", "lenet", "--keep-last", "2");

    assertThat(run("list", "lenet")).isZero();
    assertThat(session.out().lines()).hasSize(4);
    assertThat(session.out().lines().get(1)).contains("lenet@1", "expired", "pruned", "1.50");
    assertThat(session.out().lines().get(2)).contains("lenet@2", "live");
    assertThat(run("list", "lenet", "--json")).isZero();
    assertThat(json().get(0).get("state").asText()).isEqualTo("expired");
    assertThat(run("show", "lenet@1")).isZero();
    assertThat(session.out().text()).contains("state", "expired");
  }

  @Test
  void whatCannotBeListedIsSaidAndTheRestIsListed() throws IOException {
    Files.writeString(file("lenet/versions/2.json"), "damaged");
    Files.createDirectories(file("other/tags"));
    Files.writeString(file("other/tags/production"), "damaged");
    Files.writeString(file("garbage"), "not a model");
    Files.createDirectories(file("empty"));
    Files.createDirectories(file("Odd Name/versions"));

    assertThat(run("list", "lenet")).isEqualTo(ExitCodes.STORE);
    assertThat(session.out().lines()).hasSize(3);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("lenet/versions/2.json");
    assertThat(run("list")).isEqualTo(ExitCodes.STORE);
    assertThat(session.out().lines()).hasSize(2);
    assertThat(session.err().text()).contains("other/tags/production");
  }

  @Test
  void verifyCountsWhatItReadAndNamesWhatIsDamaged() throws IOException {
    assertThat(run("verify", "--json")).isZero();
    assertThat(json().get("versions").asInt()).isEqualTo(4);
    assertThat(json().get("files").asInt()).isEqualTo(4 * StoredSamples.FILES);

    String payload = store.manifest(new ModelVersion("lenet", 2)).payload().toString();
    Path damaged = file("lenet/data", payload, "000-fc.weight.tensor");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 1] ^= 8;
    Files.write(damaged, bytes);
    Files.delete(file("other/versions/1.json"));
    Files.createDirectories(file("other/tags"));
    Files.writeString(file("other/tags/production"), "damaged");

    assertThat(run("verify")).isEqualTo(ExitCodes.STORE);
    assertThat(session.out().text())
        .contains("found " + damaged.toUri() + ": damaged")
        .contains("; expected sha256:")
        .contains("other/tags/production")
        .contains("verified 3 versions, 11 files");
    assertThat(run("verify", "lenet@2")).isEqualTo(ExitCodes.STORE);
    assertThat(run("verify", "lenet@1", "lenet@3")).isZero();
    assertThat(run("verify", "lenet", "--json")).isEqualTo(ExitCodes.STORE);
    assertThat(json().get("damaged").get(0).get("file").asText())
        .isEqualTo(damaged.toUri().toString());
  }

  @Test
  void aTagIsGivenMovedAndRemoved() throws IOException {
    assertThat(run("tag", "lenet@1", "production")).isZero();
    assertThat(session.out().text()).contains("lenet@1 is tagged production");
    assertThat(run("tag", "lenet", "production", "--json")).isZero();
    assertThat(json().get("version").asInt()).isEqualTo(3);
    assertThat(run("show", "lenet@production")).isZero();
    assertThat(run("tag", "lenet@production", "production", "--remove")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("tag", "lenet", "production", "--remove")).isZero();
    assertThat(run("tag", "lenet", "production", "--remove")).isEqualTo(ExitCodes.STORE);
    assertThat(store.tags("lenet")).isEmpty();
  }

  @Test
  void expireShowsItsPlanBeforeItChangesAnything() throws IOException {
    run("tag", "lenet@1", "production");
    assertThat(run("expire", "lenet", "--keep-last", "1", "--dry-run")).isZero();
    assertThat(session.out().text())
        .contains("lenet@1", "stays", "tagged production", "lenet@2", "would expire")
        .contains("would expire 1 version of lenet; nothing was changed");
    assertThat(store.expired("lenet")).isEmpty();

    assertThat(run("expire", "lenet", "--keep-last", "1", "--json")).isZero();
    assertThat(json().get("expired").get(0).asInt()).isEqualTo(2);
    assertThat(json().get("kept").get(0).get("reason").asText()).isEqualTo("tagged production");
    assertThat(store.expired("lenet")).containsExactly(new ModelVersion("lenet", 2));
    assertThat(run("export", "lenet@2", "--to", folder.resolve("x.zip").toString()))
        .isEqualTo(ExitCodes.STORE);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("lenet@2, which has expired");
    assertThat(folder.resolve("x.zip")).doesNotExist();
  }

  @Test
  void gcShowsWhatItWouldRemoveBeforeItDoes() throws IOException {
    Path garbage = file("lenet/data/00000000-0000-4000-8000-000000000001");
    Files.createDirectories(garbage);
    Files.write(garbage.resolve("000-fc.weight.tensor"), new byte[1500]);
    try (Stream<Path> both = Files.walk(garbage)) {
      for (Path path : both.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      }
    }
    assertThat(run("gc")).isZero();
    assertThat(session.out().text()).contains("removed 0 items");
    assertThat(run("gc", "--grace", "90m", "--dry-run")).isZero();
    assertThat(session.out().text())
        .contains("unreferenced")
        .contains("would remove 1 item, 1,500 bytes (older than 90m); nothing was changed");
    assertThat(garbage).exists();
    assertThat(run("gc", "--grace", "1h", "--json")).isZero();
    assertThat(json().get("removed").get(0).get("bytes").asInt()).isEqualTo(1500);
    assertThat(garbage).doesNotExist();
    assertThat(run("verify")).isZero();

    Files.writeString(file("lenet/versions/2.json"), "damaged");
    assertThat(run("gc")).isEqualTo(ExitCodes.STORE);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("skipped", "lenet/versions/2.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30m", "24", "1w", "-1h", "", "0h", "99999999d"})
  void aGracePeriodNeedsItsUnitAndAnHour(String grace) {
    assertThat(run("gc", "--grace", grace)).isEqualTo(ExitCodes.USAGE);
    assertThat(session.err().text()).contains("at least 1h");
  }

  @Test
  void aVersionGoesToAFileAndIntoAnotherStore() throws IOException {
    Path zip = folder.resolve("lenet.zip");
    assertThat(run("export", "lenet@2", "--format", "secateur", "--to", zip.toString())).isZero();
    assertThat(run("export", "lenet@2", "--to", zip.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(session.err().text()).contains("which exists");
    assertThat(run("export", "lenet", "--format", "onnx", "--to", "y")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("export", "lenet", "--to", folder.resolve("none/x").toString()))
        .isEqualTo(ExitCodes.FAILED);

    assertThat(run("import", zip.toString(), "--as", "copy", "--json")).isZero();
    assertThat(json().get("from").asText()).isEqualTo("lenet@2");
    assertThat(store.read(new ModelVersion("copy", 1)).parameters().weights()[3]).isEqualTo(0.5f);
    assertThat(run("import", zip.toString())).isZero();
    assertThat(session.out().text()).contains("imported lenet@4");
    assertThat(run("import", zip.toString(), "--as", "No Name")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("import", folder.resolve("none.zip").toString())).isEqualTo(ExitCodes.DATA);
    Files.write(zip, "no zip".getBytes(StandardCharsets.UTF_8));
    assertThat(run("import", zip.toString())).isEqualTo(ExitCodes.STORE);
    assertThat(session.err().lines()).hasSize(1);
    try (Stream<Path> rest = Files.list(folder)) {
      assertThat(rest).containsExactlyInAnyOrder(folder.resolve("s"), zip);
    }
  }

  @Test
  void aStoreThatIsNotThereIsSaidToBe() {
    String none = folder.resolve("none").toString();
    for (List<String> command :
        List.of(
            List.of("verify"),
            List.of("verify", "lenet"),
            List.of("gc"),
            List.of("gc", "--dry-run"),
            List.of("expire", "lenet", "--keep-last", "1"),
            List.of("tag", "lenet", "production"),
            List.of("list", "lenet"),
            List.of("export", "lenet", "--to", folder.resolve("x.zip").toString()))) {
      Session other = new Session();
      String[] words =
          Stream.of(List.of("models"), command, List.of("--store", none))
              .flatMap(List::stream)
              .toArray(String[]::new);
      assertThat(other.run(words)).as(command.toString()).isEqualTo(ExitCodes.STORE);
      assertThat(other.err().lines()).hasSize(1);
      assertThat(other.err().text()).contains("found no ", "; expected ");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
