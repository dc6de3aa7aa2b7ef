package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChildProcessTest {
  @Test
  void eachEpochIsAskedForWithALineAndAnsweredWithItsSeconds() {
    try (ChildProcess child = shell("while read line; do echo 1.5; done", 4)) {
      assertThat(child.seconds()).isEqualTo(6);
      assertThat(child.seconds()).isEqualTo(6);
    }
  }

  @Test
  void aProcessThatEndsIsSkippedWithItsLastWords() {
    try (ChildProcess child = shell("echo trace >&2; echo 'no module torch' >&2; exit 1", 1)) {
      assertThatThrownBy(child::seconds)
          .isInstanceOf(SkippedException.class)
          .hasMessage("no module torch");
    }
  }

  @Test
  void aProgramThatIsNotThereIsSkipped() {
    ProcessBuilder missing = new ProcessBuilder("secateur-no-such-program");
    assertThatThrownBy(() -> ChildProcess.start("x", 1, missing))
        .isInstanceOf(SkippedException.class)
        .hasMessage("no secateur-no-such-program on the path");
  }

  private static ChildProcess shell(String script, double scale) {
    return ChildProcess.start("shell", scale, new ProcessBuilder("sh", "-c", script));
  }
}
