package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.report.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir private Path folder;

  private final Session session = new Session();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "models",
        "data",
        "data fetch",
        "data fetch cifar",
        "pruned",
        "prune",
        "prune --foo JOB.yaml",
        "prune a.yaml b.yaml",
        "train --store",
        "models show Name",
        "models show name@007",
        "models list --store ftp://host/store"
      })
  void aWrongCommandLineIsOneLineAndCode2(String line) {
    int code = session.run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text())
        .startsWith("secateur: found ")
        .contains("; expected ")
        .doesNotContain("\tat ");
    assertThat(session.out().text()).isEmpty();
  }

  @Test
  void aMistypedCommandGetsTheRightOneSuggested() {
    session.run("pruned");

    assertThat(session.err().text()).contains("did you mean prune");
  }

  @Test
  void helpListsTheCommands() {
    assertThat(session.run("--help")).isZero();
    assertThat(session.run("prune", "--help")).isZero();

    assertThat(session.out().text())
        .contains(
            "demo",
            "data",
            "train",
            "prune",
            "sweep",
            "tradeoff",
            "evaluate",
            "preflight",
            "models",
            "submit",
            "--set",
            "--master")
        .contains("--resume[=JOB-ID]");
    assertThat(session.err().text()).isEmpty();
  }

  @Test
  void aMissingJobFileIsCode2AndInTheResult() {
    Path missing = folder.resolve("missing.yaml");

    int code = session.run("prune", missing.toString(), "--out", folder.resolve("out").toString());

    assertThat(code).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("missing.yaml");
    var result = Session.result(folder.resolve("out"));
    assertThat(result.get("status").asText()).isEqualTo("failed");
    assertThat(result.get("job").asText()).isEqualTo("prune");
    assertThat(result.get("error").get("found").asText()).contains("missing.yaml");
    assertThat(result.get("seed").isNull()).isTrue();
  }

  @Test
  void anOutFolderThatCannotBeWrittenIsCode1() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    int code = session.run("prune", "job.yaml", "--out", file.resolve("out").toString());

    assertThat(code).isEqualTo(1);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("--out");
  }

  @Test
  void setNeedsAJobFile() {
    Path out = folder.resolve("out");

    int code = session.run("evaluate", "a-model", "--set", "seed=2", "--out", out.toString());

    assertThat(code).isEqualTo(2);
    assertThat(out.resolve(ResultFile.NAME)).exists();
  }
}
