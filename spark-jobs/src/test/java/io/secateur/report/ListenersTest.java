package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.store.ModelVersion;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Captured out = new Captured();
  private final Captured err = new Captured();

  private static void tell(ConsoleListener listener) {
    try (listener) {
      listener.note("a note");
      listener.stageStarted("prune", 4);
      listener.pruned(new StepReport(1, 2, 0.5, 6, 12));
      listener.epochFinished(
          new EpochReport(
              "prune",
              1,
              2,
              1,
              4,
              2.04,
              0.5,
              0.25,
              41_230.4,
              Optional.of(new TimeShares(0.81, 0.11, 0.08)),
              Duration.ofSeconds(5)));
      listener.warning("a warning");
      listener.published(new ModelVersion("small", 2));
    }
  }

  @Test
  void aPipeGetsOneLineForEachThing() {
    tell(new PlainListener(out.stream(), err.stream()));

    assertThat(out.lines())
        .containsExactly(
            "a note",
            "prune: 4 epochs",
            "cut 1/2: 6 of 12 weights left, sparsity 50.0 %",
            "prune epoch  1/4  41.2k examples/s (compute 81 %, wire 11 %, wait 8 %)  "
                + "validation error 2.04 %  sparsity 50.0 %  loss 0.2500  15 s left",
            "published small@2");
    assertThat(err.lines()).containsExactly("secateur: warning: a warning");
  }

  @Test
  void cutsThatComeSeveralAnEpochGetNoLineOfTheirOwn() {
    new PlainListener(out.stream(), err.stream()).pruned(new StepReport(3, 64, 0.5, 6, 12));

    assertThat(out.text()).isEmpty();
  }

  @Test
  void aTerminalGetsABarWithinItsWidth() {
    tell(new ProgressBarListener(out.stream(), err.stream(), 120));

    assertThat(out.text())
        .contains("a note\n")
        .contains("prune  25% [")
        .contains("1/4 epochs")
        .contains("error 2.04 %, sparsity 50.0 %, 15 s left, 41.2k/s (compute 81 %)")
        .endsWith("published small@2\n");
    assertThat(out.text().split("[\r\n]")).allMatch(line -> line.length() <= 120);
    assertThat(err.lines()).containsExactly("secateur: warning: a warning");
  }

  @Test
  void aStageThatEndsBeforeItsBarIsDrawnStillEndsItsLineOnce() {
    for (int stage = 0; stage < 200; stage++) {
      Captured terminal = new Captured();
      ProgressBarListener listener = new ProgressBarListener(terminal.stream(), err.stream(), 80);

      listener.stageStarted("prune", 4);
      listener.published(new ModelVersion("small", 2));

      assertThat(terminal.text()).endsWith("\npublished small@2\n").doesNotContain("\n\n");
    }
  }

  @Test
  void quietMeansWarningsOnly() {
    tell(new QuietListener(err.stream()));

    assertThat(err.lines()).containsExactly("secateur: warning: a warning");
  }
}
