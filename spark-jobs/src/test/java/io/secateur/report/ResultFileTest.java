package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  @TempDir private Path folder;

  @Test
  void anEarlierResultIsReplacedAndNothingElseIsLeft() throws IOException {
    Path out = folder.resolve("a/b");
    ResultFile.requireWritable(out);
    ResultFile.write(out, SampleResult.builder().failed(1, new Problem("a", "b", "c")));

    JobResult result = SampleResult.builder().succeeded();
    ResultFile.write(out, result);

    assertThat(out.resolve("result.json")).hasBinaryContent(ResultFile.toBytes(result));
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidWithTheOption() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> ResultFile.requireWritable(file.resolve("out")))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining(file.resolve("out").toString())
        .hasMessageContaining("--out");
    assertThatThrownBy(() -> ResultFile.write(file, SampleResult.builder().succeeded()))
        .isInstanceOf(JobFailedException.class);
  }
}
