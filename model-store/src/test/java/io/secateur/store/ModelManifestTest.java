package io.secateur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Encoding;
import io.secateur.network.Node;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ModelManifestTest {
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);

  /** A residual block: the node "sum" has two inputs. */
  private static final Topology RESIDUAL =
      Topology.of(
          Node.input("input", Shape.of(4), 0.25),
          Node.dense("left", "input", 4, 4),
          Node.add("sum", List.of("left", "input"), Shape.of(4)),
          Node.dense("right", "sum", 4, 2),
          Node.softmax("softmax", "right", Shape.of(2)));

  private static StoredTensor weights(String layer, Shape shape, String file, long before) {
    return new StoredTensor(
        layer + ".weight",
        layer,
        Role.WEIGHT,
        shape,
        Encoding.relativeIndex(5),
        new StoredFile(file, 40, A),
        new ByteAccount(12, 4, 5, 0, 19),
        before,
        3);
  }

  private static StoredTensor bias(String layer, int size, String file) {
    return new StoredTensor(
        layer + ".bias",
        layer,
        Role.BIAS,
        Shape.of(size),
        Encoding.DENSE,
        new StoredFile(file, 4L * size + 20, B),
        new ByteAccount(0, 0, 0, 4L * size, 20),
        0,
        size);
  }

  private static ModelManifest sample() {
    return new ModelManifest(
        new ModelVersion("residual", 2),
        Instant.parse("2026-11-24T09:30:00.75Z"),
        UUID.fromString("01234567-89ab-4def-8123-456789abcdef"),
        RESIDUAL,
        List.of(
            weights("left", Shape.of(4, 4), "000-left.weight.tensor", 20),
            bias("left", 4, "001-left.bias.tensor"),
            weights("right", Shape.of(2, 4), "002-right.weight.tensor", 10),
            bias("right", 2, "003-right.bias.tensor")),
        new StoredFile("configuration.json", 2, B),
        new ModelHashes(A, B),
        new Provenance(
            new ModelVersion("residual", 1),
            "20261124-093015-7f3a",
            "pruned",
            Map.of("prune", Map.of("sparsity", new BigDecimal("0.80")), "seed", 1),
            Map.of("source", "mnist"),
            1,
            2,
            "dl4j",
            Map.of("secateur", "0.1.0"),
            Map.of("testErrorPercent", 1.5)));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = ModelManifestTest.class.getResourceAsStream("/golden/manifest-1.json")) {
      return in.readAllBytes();
    }
  }

  @Test
  void writesTheGoldenBytesOfFormat1() throws IOException {
    assertThat(new String(sample().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden(), StandardCharsets.UTF_8));
  }

  @Test
  void readsTheGoldenManifestOfFormat1() throws IOException {
    assertThat(ModelManifest.parse(golden(), "1.json")).isEqualTo(sample());
  }

  @Test
  void countsWeightsAgainstThoseBeforeAnyPruning() {
    assertThat(sample().weightsBeforePruning()).isEqualTo(30);
    assertThat(sample().survivingWeights()).isEqualTo(6);
    assertThat(sample().density()).isEqualTo(0.2);
    assertThat(sample().bytes()).isEqualTo(new ByteAccount(24, 8, 10, 24, 78));
  }

  @Test
  void aNewerFormatIsRefused() {
    assertThatThrownBy(() -> parseChanged(json -> json.put("format", 2)))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("manifest format 2");
  }

  @Test
  void aMissingOrWrongMemberIsNamed() {
    assertThatThrownBy(() -> parseChanged(json -> json.remove("payload")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("payload");
    assertThatThrownBy(() -> parseChanged(json -> json.withObject("/provenance").put("seed", "x")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("provenance.seed");
  }

  @Test
  void filesOutsideThePayloadFolderAreRefused() {
    assertThatThrownBy(
            () -> parseChanged(json -> json.withObject("/configuration").put("file", "../1.json")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("../1.json");
  }

  @Test
  void tensorsThatTheTopologyDoesNotHaveAreRefused() {
    assertThatThrownBy(() -> parseChanged(json -> json.withArray("/tensors").remove(3)))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("3 tensors for a topology with 4");
  }

  private static ModelManifest parseChanged(Consumer<ObjectNode> change) {
    ObjectNode json = ClosedJson.read(sample().toBytes(), "1.json");
    change.accept(json);
    return ModelManifest.parse(ClosedJson.write(json), "1.json");
  }
}
