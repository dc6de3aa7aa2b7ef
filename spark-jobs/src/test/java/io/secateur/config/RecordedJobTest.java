package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedJobTest {
  private static JobOptions options(String... sets) {
    return JobFileReader.readShipped(
        "lenet-300-100.yaml", List.of(sets), CommandLineOverrides.none());
  }

  private static RecordedJob record(JobOptions options, Map<String, ?> run) {
    return RecordedJob.of(options, "job-1", run);
  }

  private static RecordedJob readBack(RecordedJob job) {
    return RecordedJob.parse("job.yaml", job.toYaml());
  }

  @Test
  void aRecordReadBackIsTheSame() {
    RecordedJob job = record(options(), Map.of("engine", "native", "java", 17));

    assertThatCode(() -> readBack(job).requireSame(job)).doesNotThrowAnyException();
    assertThat(readBack(job).run("engine")).contains("native");
    assertThat(readBack(job).run("source")).isEmpty();
  }

  @Test
  void aRecordCanBeRunAsAJobFile() {
    byte[] yaml = record(options("seed=7"), Map.of("engine", "native")).toYaml();

    assertThat(JobFileReader.read("job.yaml", yaml, List.of(), CommandLineOverrides.none()))
        .isEqualTo(options("seed=7"));
  }

  @Test
  void runIsAnUnknownKeyOfOtherJobFiles() {
    byte[] yaml = "network: lenet-5\nrun: {engine: x}\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () -> JobFileReader.read("my.yaml", yaml, List.of(), CommandLineOverrides.none()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("run");
  }

  @Test
  void theFirstKeyThatDiffersIsNamedWithBothValues() {
    RecordedJob earlier = record(options("train.epochs=20"), Map.of());

    assertThatThrownBy(() -> earlier.requireSame(record(options("train.epochs=6"), Map.of())))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("6 for train.epochs")
        .hasMessageContaining("20, as job job-1 has it")
        .hasMessageContaining("without --resume");
  }

  @Test
  void whatOnlyOneOfThemHasDiffers() {
    RecordedJob with = record(options(), Map.of("data", Map.of("train-images", "sha256:1")));
    RecordedJob without = record(options(), Map.of());

    assertThatThrownBy(() -> with.requireSame(without))
        .hasMessageContaining("nothing for run.data.train-images");
    assertThatThrownBy(() -> without.requireSame(with))
        .hasMessageContaining("sha256:1 for run.data.train-images")
        .hasMessageContaining("nothing, as job");
  }
}
