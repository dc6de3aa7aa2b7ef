package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import io.secateur.report.JobResult;
import org.junit.jupiter.api.Test;

class DemoBoundsTest {
  private static JobResult figures(double dense, double rate, double pruned) {
    return JobResult.builder("demo", "id")
        .dense(dense, 266_610)
        .pruned(new JobResult.Pruned(pruned, 22_184, 22_594, 1 / 12.0))
        .compression(rate, 10)
        .succeeded();
  }

  @Test
  void figuresOnTheBoundsPass() {
    assertThatCode(() -> DemoBounds.FULL.require(figures(1.6, 12, 1.5))).doesNotThrowAnyException();
    // 1.1 + 0.1 is 1.2000000000000002 in doubles, 1.3 + 0.1 is 1.4000000000000001
    assertThatCode(() -> DemoBounds.FULL.require(figures(1.1, 12, 1.2))).doesNotThrowAnyException();
    assertThatCode(() -> DemoBounds.FULL.require(figures(1.3, 12, 1.4))).doesNotThrowAnyException();
  }

  @Test
  void eachBoundIsChecked() {
    assertMissed(figures(1.61, 12, 1.5), "a dense error of 1.61 %");
    assertMissed(figures(1.6, 11.99, 1.5), "weights reduced 11.9x");
    assertMissed(figures(1.6, 12, 1.51), "a pruned error of 1.51 %");
    assertMissed(figures(1.2, 12, 1.31), "a pruned error of dense +0.11 points");
  }

  private static void assertMissed(JobResult result, String found) {
    assertThatThrownBy(() -> DemoBounds.FULL.require(result))
        .isInstanceOf(JobFailedException.class)
        .hasMessageStartingWith("found " + found + "; expected dense error at most 1.60 %");
  }
}
