package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.store.IntegrityException;
import io.secateur.store.JobFolders;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever fails while a checkpoint is replaced: the old one is there whole, or the new one. */
class CheckpointFaultsTest {
  private static final String FILE = "jobs/job/checkpoint/state";

  @TempDir private Path folder;
  private StoreFiles sound;
  private JobFolders observer;

  @BeforeEach
  void open() {
    sound = new LocalFiles(folder);
    observer = new HadoopModelStore(sound).jobs();
    observer.writeCheckpoint("job", new byte[] {1});
  }

  @ParameterizedTest
  @CsvSource({"write,before,1", "write,after,1", "replace,before,1", "replace,after,2"})
  void aFailedReplacementLeavesAWholeCheckpoint(String operation, String when, byte expected) {
    FaultyFiles.Fault fault =
        when.equals("before") ? FaultyFiles.failsBefore(100) : FaultyFiles.failsAfter(100);
    JobFolders jobs = new HadoopModelStore(FaultyFiles.with(sound, operation, fault)).jobs();

    assertThatThrownBy(() -> jobs.writeCheckpoint("job", new byte[] {2}))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(FILE);

    assertThat(observer.readCheckpoint("job")).hasValue(new byte[] {expected});
  }

  @Test
  void aWriterThatDiesHalfWayLeavesTheOldOne() {
    FaultyFiles.Fault dies =
        (call, operation) -> {
          throw new ThreadDeath();
        };
    JobFolders jobs = new HadoopModelStore(FaultyFiles.with(sound, "replace", dies)).jobs();

    assertThatThrownBy(() -> jobs.writeCheckpoint("job", new byte[] {2}))
        .isInstanceOf(ThreadDeath.class);

    assertThat(observer.readCheckpoint("job")).hasValue(new byte[] {1});
  }

  @Test
  void damageIsNamedWithItsRemedy() throws IOException {
    byte[] file = sound.read(FILE);
    file[file.length - 40] ^= 1;
    sound.deleteFile(FILE);
    sound.write(FILE, file);

    assertThatThrownBy(() -> observer.readCheckpoint("job"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(sound.root() + "/" + FILE)
        .hasMessageContaining("without --resume")
        .hasMessageNotContaining("\n");
  }
}
