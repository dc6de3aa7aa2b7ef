package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.PayloadWriter;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadWriterTest {
  @TempDir private Path folder;

  private final NetworkParameters parameters = Samples.parameters(7);
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStores.open(folder.toUri());
  }

  private void write(PayloadWriter writer, List<ParameterTensor> tensors) {
    for (ParameterTensor tensor : tensors) {
      writer.write(
          tensor,
          parameters.arenaOf(tensor),
          tensor.offset(),
          EncodingPolicy.AUTO,
          tensor.isPrunable() ? Samples.BEFORE.get(tensor.layer()) : 0);
    }
  }

  private List<ParameterTensor> backwards() {
    List<ParameterTensor> tensors = new ArrayList<>(parameters.layout().tensors());
    Collections.reverse(tensors);
    return tensors;
  }

  private ModelManifest written() {
    try (PayloadWriter writer = store.writePayload("net", Samples.TOPOLOGY)) {
      write(writer, backwards());
      return writer.finish(Samples.configuration(7), Samples.provenance(7));
    }
  }

  /** As a driver gets it from a task: by the manifest's bytes alone. */
  private ModelVersion publish(ModelManifest manifest) {
    ModelManifest travelled = ModelManifest.parse(manifest.toBytes(), "a task's");
    try (StagedModel staged = store.staged(travelled)) {
      return staged.publish(travelled.provenance());
    }
  }

  @Test
  void tensorsWrittenInAnyOrderAreTheVersionThatADraftIs() {
    ModelVersion one = publish(written());
    ModelVersion other;
    try (StagedModel staged = store.stage(Samples.draft("net", 7))) {
      other = staged.publish(Samples.provenance(7));
    }

    ModelManifest manifest = store.manifest(one);
    assertThat(manifest.tensors()).isEqualTo(store.manifest(other).tensors());
    assertThat(manifest.hashes()).isEqualTo(store.manifest(other).hashes());
    assertThat(manifest.hashes().parameters()).isEqualTo(NetworkHashes.parameters(parameters));
    assertThat(manifest.provenance()).isEqualTo(Samples.provenance(7));
    assertThat(store.read(one).parameters().weights()).isEqualTo(parameters.weights());
    assertThat(store.configuration(one)).isEqualTo(Samples.configuration(7));
    assertThat(store.maintenance().verify("net").damages()).isEmpty();
  }

  @Test
  void oneTensorIsReadWithoutTheOthers() throws IOException {
    ModelVersion version = publish(written());
    ModelManifest manifest = store.manifest(version);
    for (StoredTensor tensor : manifest.tensors()) {
      if (!tensor.name().equals("fc1.weight")) {
        Files.delete(payload(manifest).resolve(tensor.file().file()));
      }
    }

    ParameterTensor fc1 = parameters.layout().tensor("fc1.weight").orElseThrow();
    assertThat(store.read(version, "fc1.weight").toDense()).isEqualTo(parameters.valuesOf(fc1));
    assertThatThrownBy(() -> store.read(version, "fc9.weight"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("fc1.weight");
  }

  private Path payload(ModelManifest manifest) {
    return folder.resolve("models/net/data").resolve(manifest.payload().toString());
  }

  @Test
  void whatIsNotFinishedIsRemoved() throws IOException {
    try (PayloadWriter writer = store.writePayload("net", Samples.TOPOLOGY)) {
      write(writer, backwards().subList(0, 2));
      assertThatThrownBy(() -> write(writer, backwards().subList(0, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("written before");
      assertThatThrownBy(() -> writer.finish(new byte[0], Samples.provenance(7)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was not written");
    }
    try (Stream<Path> left = Files.list(folder.resolve("models/net/data"))) {
      assertThat(left).isEmpty();
    }
    assertThat(store.models()).isEmpty();
  }

  @Test
  void bytesThatChangedBetweenWritingAndFinishingAreFound() throws IOException {
    try (PayloadWriter writer = store.writePayload("net", Samples.TOPOLOGY)) {
      write(writer, backwards());
      try (Stream<Path> files = Files.walk(folder)) {
        Path file =
            files.filter(one -> one.toString().endsWith("fc1.weight.tensor")).findFirst().get();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      assertThatThrownBy(() -> writer.finish(new byte[0], Samples.provenance(7)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("fc1.weight");
    }
  }
}
