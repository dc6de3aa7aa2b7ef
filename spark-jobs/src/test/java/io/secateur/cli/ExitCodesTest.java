package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import io.secateur.report.PublishGate;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExitCodesTest {
  private static final Problem PROBLEM = new Problem("a", "b", "c");
  private static final Path LOG = Path.of("spark.log");

  @Test
  void everyKindOfFailureHasItsCode() {
    assertThat(ExitCodes.of(new JobFailedException(PROBLEM))).isEqualTo(1);
    assertThat(ExitCodes.of(new UsageException(PROBLEM))).isEqualTo(2);
    assertThat(ExitCodes.of(new DataException(PROBLEM))).isEqualTo(3);
    assertThat(ExitCodes.of(new StoreException(PROBLEM))).isEqualTo(4);
    assertThat(ExitCodes.of(new ClusterException(PROBLEM))).isEqualTo(5);
    assertThat(ExitCodes.of(new JobFailedException(PublishGate.INTERRUPTED))).isEqualTo(130);
    assertThat(ExitCodes.of(new IllegalStateException("bug"))).isEqualTo(1);
  }

  @Test
  void whatATaskThrewKeepsItsCodeAndItsWords() {
    Throwable wrapped =
        new IllegalStateException("Job aborted", new IOException(new DataException(PROBLEM)));

    assertThat(ExitCodes.of(wrapped)).isEqualTo(3);
    assertThat(ExitCodes.problem(wrapped, LOG)).isEqualTo(PROBLEM);
  }

  @Test
  void anUnexpectedFailureNamesTheLog() {
    Problem problem = ExitCodes.problem(new IllegalStateException("one\ntwo"), LOG);

    assertThat(problem.line())
        .contains("java.lang.IllegalStateException: one;")
        .contains("spark.log")
        .doesNotContain("two");
  }

  @Test
  void aCircleOfCausesEnds() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    assertThat(ExitCodes.of(first)).isEqualTo(1);
  }
}
