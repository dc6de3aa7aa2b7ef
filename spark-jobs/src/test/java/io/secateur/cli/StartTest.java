package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {
  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void helpAndVersionStartWithoutSparkHadoopAndNd4j(String option) throws Exception {
    Process process = secateur("-Xlog:class+load", option);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("io.secateur.cli.Commands");
    assertThat(output.lines())
        .noneMatch(
            line ->
                line.contains(" org.apache.spark.")
                    || line.contains(" org.apache.hadoop.")
                    || line.contains(" org.apache.logging.")
                    || line.contains(" org.nd4j.")
                    || line.contains(" scala."));
  }

  @Test
  void theExitCodeIsTheProcesss() throws Exception {
    Process process = secateur("-Xshare:auto", "no-such-command");
    process.getInputStream().readAllBytes();

    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Process secateur(String jvmOption, String argument) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                jvmOption,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                argument))
        .redirectErrorStream(true)
        .start();
  }
}
