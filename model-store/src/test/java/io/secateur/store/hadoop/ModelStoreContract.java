package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Encoding;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredModel;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every filesystem must show before a store may lie on it. */
abstract class ModelStoreContract {
  private static final int WRITERS = 2;
  private static final int PUBLISHES = 8;

  private StoreFiles files;
  private ModelStore store;

  /** The files of a new, empty root; another instance over the same root at each further call. */
  abstract StoreFiles files() throws IOException;

  @BeforeEach
  void open(TestInfo test) throws IOException {
    files = files();
    store = new HadoopModelStore(files);
  }

  private static ModelVersion publish(ModelStore store, String model, int seed) {
    try (StagedModel staged = store.stage(Samples.draft(model, seed))) {
      return staged.publish(Samples.provenance(seed));
    }
  }

  @Test
  void aVersionReadsBackBitForBit() {
    ModelVersion version = publish(store, "lenet", 7);
    StoredModel read = new HadoopModelStore(files).read(version);

    NetworkParameters expected = Samples.parameters(7);
    assertThat(read.parameters().weights()).containsExactly(expected.weights());
    assertThat(read.parameters().others()).containsExactly(expected.others());
    assertThat(read.configuration()).isEqualTo(Samples.configuration(7));
    ModelManifest manifest = read.manifest();
    assertThat(manifest.version()).isEqualTo(new ModelVersion("lenet", 1));
    assertThat(manifest.topology()).isEqualTo(Samples.TOPOLOGY);
    assertThat(manifest.provenance()).isEqualTo(Samples.provenance(7));
    assertThat(manifest.hashes().parameters()).isEqualTo(NetworkHashes.parameters(expected));
    assertThat(manifest.weightsBeforePruning()).isEqualTo(36 + 2880 + 60);
    assertThat(manifest.survivingWeights()).isEqualTo(expected.mask().cardinality());
  }

  @Test
  void negativeZeroSubnormalsAndNanPayloadsSurvive() {
    NetworkParameters parameters = Samples.parameters(1);
    int[] bits = {0x80000000, 0x00000001, 0x7fc00123, 0xff800000};
    for (int i = 0; i < bits.length; i++) {
      parameters.weights()[100 * i] = Float.intBitsToFloat(bits[i]);
    }
    ModelDraft draft =
        new ModelDraft(
            "odd", Samples.TOPOLOGY, parameters, EncodingPolicy.PAPER, new byte[0], Samples.BEFORE);
    try (StagedModel staged = store.stage(draft)) {
      float[] read = staged.readBack().weights();
      for (int i = 0; i < bits.length; i++) {
        assertThat(Float.floatToRawIntBits(read[100 * i])).isEqualTo(bits[i]);
      }
    }
  }

  @Test
  void theStagedFiguresAreThoseOfTheFiles() throws IOException {
    try (StagedModel staged = store.stage(Samples.draft("lenet", 1))) {
      String payload = files.list("models/lenet/data").get(0);
      long stored = 0;
      for (StoredTensor tensor : staged.tensors()) {
        long length = files.length("models/lenet/data/" + payload + "/" + tensor.file().file());
        assertThat(tensor.length()).isEqualTo(length);
        stored += length;
      }
      ByteAccount bytes = staged.bytes();
      assertThat(bytes.stored()).isEqualTo(stored);
      // 4 + 20 + 3 biases of four bytes.
      assertThat(bytes.biases()).isEqualTo(108);
      assertThat(staged.tensors())
          .extracting(
              StoredTensor::name,
              tensor -> tensor.encoding().kind(),
              StoredTensor::weightsBeforePruning)
          .contains(
              tuple("fc1.weight", Encoding.Kind.RELATIVE_INDEX, 2880L),
              tuple("fc1.bias", Encoding.Kind.DENSE, 0L));
    }
  }

  @Test
  void numbersAreContiguousFromOne() {
    for (int i = 1; i <= 11; i++) {
      assertThat(publish(store, "lenet", i)).isEqualTo(new ModelVersion("lenet", i));
    }
    assertThat(store.versions("lenet"))
        .extracting(ModelVersion::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(store.resolve(ModelReference.parse("lenet")).number()).isEqualTo(11);
  }

  @Test
  void concurrentWritersGetContiguousNumbersAndReadersSeeOnlyWholeVersions() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try {
      List<Future<List<ModelVersion>>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        ModelStore own = new HadoopModelStore(files());
        int first = 100 * w;
        Callable<List<ModelVersion>> writer =
            () ->
                IntStream.range(0, PUBLISHES)
                    .mapToObj(i -> publish(own, "lenet", first + i))
                    .toList();
        writers.add(threads.submit(writer));
      }
      Future<Integer> reader = threads.submit(() -> readWhile(writing));
      List<ModelVersion> published = new ArrayList<>();
      for (Future<List<ModelVersion>> writer : writers) {
        published.addAll(writer.get());
      }
      writing.set(false);

      assertThat(published)
          .extracting(ModelVersion::number)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, WRITERS * PUBLISHES).boxed().toList());
      assertThat(reader.get()).isEqualTo(WRITERS * PUBLISHES);
      assertEveryVersionIsOfOneSeed();
    } finally {
      writing.set(false);
      threads.shutdownNow();
    }
  }

  /** Reads whatever is listed, until nothing more comes; the number of versions seen at the end. */
  private int readWhile(AtomicBoolean writing) throws IOException {
    ModelStore own = new HadoopModelStore(files());
    int seen = 0;
    boolean again = true;
    while (again) {
      again = writing.get();
      List<ModelVersion> versions = own.versions("lenet");
      assertThat(versions).hasSizeGreaterThanOrEqualTo(seen);
      seen = versions.size();
      for (ModelVersion version : versions) {
        own.read(version);
      }
    }
    return seen;
  }

  private void assertEveryVersionIsOfOneSeed() {
    for (ModelVersion version : store.versions("lenet")) {
      StoredModel read = store.read(version);
      int seed = (int) read.manifest().provenance().seed();
      assertThat(read.parameters().weights()).isEqualTo(Samples.parameters(seed).weights());
      assertThat(read.configuration()).isEqualTo(Samples.configuration(seed));
    }
  }

  @Test
  void nothingIsSeenBeforePublishAndNothingStaysWithoutIt() throws IOException {
    try (StagedModel staged = store.stage(Samples.draft("lenet", 1))) {
      assertThat(staged.readBack().weights()).containsExactly(Samples.parameters(1).weights());
      assertThat(store.models()).isEmpty();
      assertThat(store.versions("lenet")).isEmpty();
    }
    assertThat(files.list("models/lenet/data")).isEmpty();
  }

  @Test
  void aPublishedPayloadHoldsOnlyWhatItsManifestNames() throws IOException {
    ModelManifest manifest = store.manifest(publish(store, "lenet", 1));
    assertThat(files.list("models/lenet/data/" + manifest.payload()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(manifest.configuration()),
                    manifest.tensors().stream().map(StoredTensor::file))
                .map(StoredFile::file)
                .toList());
    assertThat(files.list("models/lenet/versions")).containsExactly("1.json");
  }

  @Test
  void publishingTwiceIsRefused() {
    try (StagedModel staged = store.stage(Samples.draft("lenet", 1))) {
      staged.publish(Samples.provenance(1));
      assertThatThrownBy(() -> staged.publish(Samples.provenance(1)))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(store.read(new ModelVersion("lenet", 1))).isNotNull();
  }

  @Test
  void modelsAreListedSorted() {
    publish(store, "vgg", 1);
    publish(store, "lenet", 1);
    assertThat(store.models()).containsExactly("lenet", "vgg");
  }

  @Test
  void aTagNamesAVersionUntilItIsMoved() {
    publish(store, "lenet", 1);
    publish(store, "lenet", 2);
    store.tag(new ModelVersion("lenet", 1), "production");
    store.tag(new ModelVersion("lenet", 1), "dense-20261124-093015-7f3a");
    assertThat(store.resolve(ModelReference.parse("lenet@production")).number()).isEqualTo(1);
    store.tag(new ModelVersion("lenet", 2), "production");
    assertThat(store.resolve(ModelReference.parse("lenet@production")).number()).isEqualTo(2);
    assertThat(store.tags("lenet"))
        .containsExactly(
            Map.entry("dense-20261124-093015-7f3a", new ModelVersion("lenet", 1)),
            Map.entry("production", new ModelVersion("lenet", 2)));
  }

  @Test
  void whatIsMissingIsSaidTogetherWithWhatThereIs() {
    assertThatThrownBy(() -> store.resolve(ModelReference.parse("lenet")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no model lenet")
        .hasMessageContaining("there is none");
    publish(store, "lenet", 1);
    store.tag(new ModelVersion("lenet", 1), "production");
    assertThatThrownBy(() -> store.resolve(ModelReference.parse("alexnet")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no model alexnet")
        .hasMessageContaining("models: lenet");
    assertThatThrownBy(() -> store.resolve(ModelReference.parse("lenet@2")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no version lenet@2")
        .hasMessageContaining("versions: lenet@1");
    assertThatThrownBy(() -> store.resolve(ModelReference.parse("lenet@staging")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no tag staging")
        .hasMessageContaining("tags: production");
    assertThatThrownBy(() -> store.manifest(new ModelVersion("lenet", 2)))
        .hasMessageContaining("versions: lenet@1");
    assertThatThrownBy(() -> store.tag(new ModelVersion("lenet", 2), "production"))
        .hasMessageContaining("versions: lenet@1");
  }

  @Test
  void aDamagedByteInAnyPayloadFileIsNamed() throws IOException {
    ModelVersion version = publish(store, "lenet", 1);
    String payload = "models/lenet/data/" + store.manifest(version).payload();
    for (String name : files.list(payload)) {
      String file = payload + "/" + name;
      byte[] whole = files.read(file);
      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      overwrite(file, damaged);
      assertIntegrity(version, name, "sha256:");
      overwrite(file, Arrays.copyOf(whole, whole.length - 1));
      assertIntegrity(version, name, (whole.length - 1) + " bytes");
      files.deleteFile(file);
      assertIntegrity(version, name, "no such file");
      files.write(file, whole);
    }
    store.read(version);
  }

  @Test
  void aCutOrExchangedManifestIsNamed() throws IOException {
    ModelVersion version = publish(store, "lenet", 1);
    publish(store, "lenet", 2);
    String file = "models/lenet/versions/1.json";
    byte[] whole = files.read(file);
    overwrite(file, Arrays.copyOf(whole, whole.length / 2));
    assertIntegrity(version, "1.json", "cut or damaged");
    overwrite(file, new byte[0]);
    assertIntegrity(version, "1.json", "cut or damaged");
    overwrite(file, files.read("models/lenet/versions/2.json"));
    assertIntegrity(version, "1.json", "the manifest of lenet@2");
  }

  @Test
  void aDamagedTagIsNamed() throws IOException {
    store.tag(publish(store, "lenet", 1), "production");
    overwrite("models/lenet/tags/production", "{\"version\":1}\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> store.resolve(ModelReference.parse("lenet@production")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("models/lenet/tags/production");
  }

  private void assertIntegrity(ModelVersion version, String file, String found) {
    assertThatThrownBy(() -> store.read(version))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(files.root() + "/models/lenet/")
        .hasMessageContaining(file)
        .hasMessageContaining(found)
        .hasMessageContaining("; expected ");
  }

  private void overwrite(String file, byte[] content) throws IOException {
    files.deleteFile(file);
    files.write(file, content);
  }

  @Test
  void jobFilesAreReplacedWhole() {
    assertThat(store.jobs().read("job-1", "result.json")).isEmpty();
    store.jobs().write("job-1", "result.json", new byte[] {1, 2});
    store.jobs().write("job-1", "result.json", new byte[] {3});
    store.jobs().write("job-2", "result.json", new byte[0]);
    assertThat(store.jobs().read("job-1", "result.json")).hasValue(new byte[] {3});
    assertThat(store.jobs().ids()).containsExactly("job-2", "job-1");
    assertThatThrownBy(() -> store.jobs().write("job-1", "../x", new byte[0]))
        .hasMessageContaining("without slashes");
  }

  @Test
  void aCheckpointIsReplacedWholeAndRemovedWithAllThatLiesBesideIt() throws IOException {
    store.jobs().deleteCheckpoint("job-1");
    assertThat(store.jobs().readCheckpoint("job-1")).isEmpty();
    store.jobs().writeCheckpoint("job-1", new byte[] {1, 2});
    store.jobs().writeCheckpoint("job-1", new byte[] {3});
    assertThat(store.jobs().readCheckpoint("job-1")).hasValue(new byte[] {3});
    assertThat(files.list("jobs/job-1/checkpoint")).containsExactly("state");
    files.write("jobs/job-1/checkpoint/.new-of-a-dead-writer", new byte[9]);
    files.createFolder("jobs/job-1/shards/1");
    assertThat(store.jobs().shards("job-1")).hasToString(store.root() + "/jobs/job-1/shards");
    store.jobs().deleteCheckpoint("job-1");
    assertThat(files.list("jobs/job-1")).isEmpty();
  }

  @Test
  void probingForPermissionLeavesNothingBehind() throws IOException {
    store.requireWritable();
    store.requireWritable("lenet");
    publish(store, "lenet", 1);
    store.requireWritable("lenet");
    assertThat(files.list("models")).containsExactly("lenet");
    assertThat(files.list("models/lenet")).containsExactlyInAnyOrder("data", "versions");
    assertThat(files.list("models/lenet/versions")).containsExactly("1.json");
  }

  @Test
  void aNameIsCommittedOnceAndNeverOverwritten() throws IOException {
    files.createFolder("f");
    files.write("f/a", new byte[] {1});
    files.write("f/b", new byte[] {2});
    files.commit("f/a", "f/final");
    assertThatThrownBy(() -> files.commit("f/b", "f/final"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(files.read("f/final")).containsExactly(1);
    files.replace("f/b", "f/final");
    assertThat(files.read("f/final")).containsExactly(2);
  }
}
