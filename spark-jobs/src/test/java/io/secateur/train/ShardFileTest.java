package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardFileTest {
  private final Configuration configuration = new Configuration();

  @TempDir Path folder;

  private org.apache.hadoop.fs.Path place() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  @Test
  void bitsComeBackWhateverTheyAre() {
    float[] values = new float[600_000]; // more than two pieces of 1 MiB
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * 7_919);
    }
    values[1] = -0f;
    values[599_999] = Float.NaN;
    ShardFile.write(configuration, place(), 3, values);
    float[] found = ShardFile.read(configuration, place(), 3, values.length);
    assertThat(Rounds.bits(found)).isEqualTo(Rounds.bits(values));
  }

  @Test
  void anotherAttemptChangesNothingAndLeavesNothing() throws IOException {
    ShardFile.write(configuration, place(), 0, new float[] {1});
    ShardFile.write(configuration, place(), 0, new float[] {1});
    assertThat(ShardFile.read(configuration, place(), 0, 1)).containsExactly(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("shard-0", ".shard-0.crc");
    }
  }

  @Test
  void aFileThatIsNotThereOrTooShortIsNamed() {
    ShardFile.write(configuration, place(), 0, new float[] {1});
    assertThatThrownBy(() -> ShardFile.read(configuration, place(), 0, 2))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("shard-0")
        .hasMessageContaining("4 bytes instead of 8");
    assertThatThrownBy(() -> ShardFile.read(configuration, place(), 1, 2))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("shard-1")
        .hasMessageContaining("all executors share");
  }
}
