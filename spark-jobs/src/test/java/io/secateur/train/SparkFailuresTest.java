package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.ClusterException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class SparkFailuresTest {
  /** 16 GiB, more than tests have. */
  private static long[] beyondTheHeap() {
    return new long[Integer.MAX_VALUE - 8];
  }

  @Test
  void aTaskThatRunsOutOfMemorySaysSo() {
    assertThatThrownBy(() -> SparkFailures.inTask(SparkFailuresTest::beyondTheHeap))
        .isInstanceOf(ClusterException.class)
        .hasCauseInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("a worker out of memory (Java heap space)")
        .hasMessageContaining("SECATEUR_JAVA_OPTS=-Xmx8g");
    assertThat(SparkFailures.inTask(() -> 7)).isEqualTo(7);
  }

  @Test
  void whatATaskOnAClusterSaidComesBackOutOfTheMessage() {
    String text =
        "Job aborted: Lost task 0.3 (TID 4): io.secateur.error.ClusterException: found a worker out"
            + " of memory\n\tat io.secateur";

    assertThatThrownBy(
            () ->
                SparkFailures.translating(
                    () -> {
                      throw unchecked(new SparkException(text));
                    }))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("a worker that failed: found a worker out of memory");
  }

  /** As Scala throws it. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
