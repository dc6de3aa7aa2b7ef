package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.secateur.store.IntegrityException;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every cut, and flipped bits at random places, of all files of a small version and of its tag:
 * each is refused, named with its place, and costs no more memory than a whole version.
 */
class DamagedStoreTest {
  private static final int RANDOM_BITS = 1_000;
  private static final ModelVersion VERSION = new ModelVersion("lenet", 1);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private StoreFiles files;
  private ModelStore store;
  private final List<String> tensors = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  @BeforeEach
  void publish() {
    files = new LocalFiles(folder);
    store = new HadoopModelStore(files);
    try (StagedModel staged = store.stage(Samples.draft("lenet", 1))) {
      staged.publish(Samples.provenance(1));
    }
    store.tag(VERSION, "production");
    ModelManifest manifest = store.manifest(VERSION);
    String payload = StorePaths.payload("lenet", manifest.payload()) + "/";
    for (StoredTensor tensor : manifest.tensors()) {
      tensors.add(payload + tensor.file().file());
    }
    others.add(payload + manifest.configuration().file());
    others.add(StorePaths.manifest(VERSION));
    others.add(StorePaths.tags("lenet") + "/production");
    readAll();
  }

  @AfterEach
  void allIsMended() {
    readAll();
  }

  /** By the tag, so that every file is read. */
  private void readAll() {
    store.read(store.resolve(ModelReference.parse("lenet@production")));
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(tensors);
    all.addAll(others);
    return all;
  }

  @Test
  @Timeout(120)
  void everyCutIsRefused() throws IOException {
    for (String file : all()) {
      byte[] whole = files.read(file);
      for (int length = 0; length < whole.length; length++) {
        requireRefused(file, Arrays.copyOf(whole, length), "cut to " + length);
      }
      requireRefused(file, Arrays.copyOf(whole, whole.length + 1), "one byte more");
      overwrite(file, whole);
    }
  }

  @Test
  @Timeout(120)
  void flippedBitsAreRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(20261124);
    long bits = 0;
    for (String file : all()) {
      bits += 8 * files.length(file);
    }
    for (int i = 0; i < RANDOM_BITS; i++) {
      flip(random.nextLong(bits));
    }
    if (Faults.isFull()) {
      for (long bit = 0; bit < bits; bit++) {
        flip(bit);
      }
    }
  }

  /** Not through the store's files, which would sync each. */
  private void overwrite(String file, byte[] content) throws IOException {
    Files.write(folder.resolve(file), content);
  }

  private void flip(long bit) throws IOException {
    long left = bit;
    for (String file : all()) {
      byte[] whole = files.read(file);
      if (left < 8L * whole.length) {
        byte[] damaged = whole.clone();
        damaged[(int) (left / 8)] ^= (byte) (1 << left % 8);
        requireRefused(file, damaged, "bit " + left);
        overwrite(file, whole);
        return;
      }
      left -= 8L * whole.length;
    }
    throw new AssertionError("no bit " + bit);
  }

  private void requireRefused(String file, byte[] damaged, String how) throws IOException {
    overwrite(file, damaged);
    long before = allocated();
    Throwable thrown = catchThrowable(this::readAll);
    long bytes = allocated() - before;
    assertThat(thrown)
        .as("%s, %s", file, how)
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(files.root() + "/" + file)
        .hasMessageContaining("; expected ")
        .hasMessageNotContaining("\n");
    if (tensors.contains(file)) {
      assertThat(thrown).as("%s, %s", file, how).hasMessageContaining("at byte ");
    }
    assertThat(bytes).as("bytes allocated for %s, %s", file, how).isLessThan(4 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
