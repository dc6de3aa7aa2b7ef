package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails during a publish: the version is there whole, or not at all. */
class PublishFaultsTest {
  private static final ModelVersion FIRST = new ModelVersion("lenet", 1);

  @TempDir Path folder;
  private StoreFiles sound;
  private ModelStore observer;

  @BeforeEach
  void open() {
    sound = new LocalFiles(folder);
    observer = new HadoopModelStore(sound);
  }

  private StagedModel staged(String operation, FaultyFiles.Fault fault) {
    ModelStore store = new HadoopModelStore(FaultyFiles.with(sound, operation, fault));
    return store.stage(Samples.draft("lenet", 1));
  }

  private static ModelVersion publish(StagedModel staged) {
    return staged.publish(Samples.provenance(1));
  }

  @Test
  void aCommitWhoseAnswerWasLostIsRecognised() {
    try (StagedModel staged = staged("commit", FaultyFiles.failsAfter(1))) {
      assertThat(publish(staged)).isEqualTo(FIRST);
    }
    assertThat(observer.versions("lenet")).containsExactly(FIRST);
    observer.read(FIRST);
  }

  @Test
  void aCommitThatDidNotHappenIsRepeated() {
    try (StagedModel staged = staged("commit", FaultyFiles.failsBefore(2))) {
      assertThat(publish(staged)).isEqualTo(FIRST);
    }
    assertThat(observer.versions("lenet")).containsExactly(FIRST);
    observer.read(FIRST);
  }

  @Test
  void aCommitThatNeverHappensIsAFailureWithNothingPublished() throws IOException {
    try (StagedModel staged = staged("commit", FaultyFiles.failsBefore(100))) {
      assertThatThrownBy(() -> publish(staged))
          .isExactlyInstanceOf(StoreException.class)
          .hasMessageContaining("lost before");
    }
    assertThat(observer.models()).isEmpty();
    assertThat(sound.list("models/lenet/data")).isEmpty();
  }

  @Test
  void aRefusedCommitIsNotRepeatedAndCanBeTriedAgain() {
    FaultyFiles.Fault refusedOnce =
        (call, operation) -> {
          if (call == 0) {
            throw new AccessDeniedException("versions");
          }
          return operation.run();
        };
    try (StagedModel staged = staged("commit", refusedOnce)) {
      assertThatThrownBy(() -> publish(staged)).hasMessageContaining("no permission to publish");
      assertThat(observer.models()).isEmpty();
      assertThat(publish(staged)).isEqualTo(FIRST);
    }
    observer.read(FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exists", "read"})
  void anOutcomeThatCannotBeReadIsUnknownAndNothingIsRemoved(String inquiry) {
    StoreFiles blind = FaultyFiles.with(sound, inquiry, FaultyFiles.failsBefore(100));
    StoreFiles lossy = FaultyFiles.with(blind, "commit", FaultyFiles.failsAfter(1));
    try (StagedModel staged = new HadoopModelStore(lossy).stage(Samples.draft("lenet", 1))) {
      assertThatThrownBy(() -> publish(staged))
          .isInstanceOf(CommitStateUnknownException.class)
          .hasMessageContaining("models/lenet/versions/1.json")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(() -> publish(staged)).isInstanceOf(IllegalStateException.class);
    }
    // It did happen, and closing the staged model has not hurt it.
    observer.read(FIRST);
  }

  @Test
  void anotherWritersVersionIsNeverTakenForOnesOwn() {
    FaultyFiles.Fault overtaken =
        (call, operation) -> {
          if (call == 0) {
            try (StagedModel other = observer.stage(Samples.draft("lenet", 2))) {
              other.publish(Samples.provenance(2));
            }
            throw new IOException("lost");
          }
          return operation.run();
        };
    try (StagedModel staged = staged("commit", overtaken)) {
      assertThat(publish(staged)).isEqualTo(new ModelVersion("lenet", 2));
    }
    assertThat(observer.read(FIRST).manifest().provenance().seed()).isEqualTo(2);
    assertThat(observer.read(new ModelVersion("lenet", 2)).manifest().provenance().seed())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6, 7})
  void aFailedWriteLeavesNothing(int failing) throws IOException {
    // Six tensors, the configuration, then the manifest.
    FaultyFiles.Fault full =
        (call, operation) -> {
          if (call == failing) {
            throw new NoSpaceException("x", "no space left on device", null);
          }
          return operation.run();
        };
    assertThatThrownBy(
            () -> {
              try (StagedModel staged = staged("write", full)) {
                publish(staged);
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no space")
        .hasMessageContaining("free some space");
    assertThat(observer.models()).isEmpty();
    assertThat(sound.list("models/lenet/data")).isEmpty();
  }
}
