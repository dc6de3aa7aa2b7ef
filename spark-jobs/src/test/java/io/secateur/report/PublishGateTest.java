package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PublishGateTest {
  private final PublishGate gate = new PublishGate();

  @Test
  void aCommitPassesAnOpenGateAndReturnsItsValue() {
    assertThat(gate.<Integer>commit(() -> 7)).isEqualTo(7);
  }

  @Test
  void aClosedGateRunsNoCommit() {
    AtomicBoolean ran = new AtomicBoolean();
    gate.close();

    assertThatThrownBy(() -> gate.commit(() -> ran.getAndSet(true)))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            e -> assertThat(e.problem()).isEqualTo(PublishGate.INTERRUPTED));
    assertThatThrownBy(gate::requireOpen).isInstanceOf(JobFailedException.class);
    assertThat(ran).isFalse();
  }

  @Test
  void closingWaitsForTheCommitThatRunsAndRefusesTheNext() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<String> commit =
        CompletableFuture.supplyAsync(
            () ->
                gate.commit(
                    () -> {
                      running.countDown();
                      await(mayEnd);
                      return "committed";
                    }));
    running.await();

    assertThat(gate.closeWithin(Duration.ofMillis(50))).isFalse();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(gate::close);
    assertThat(closing).isNotDone();
    mayEnd.countDown();
    closing.get(10, TimeUnit.SECONDS);

    assertThat(commit).isCompletedWithValue("committed");
    assertThatThrownBy(() -> gate.commit(() -> "late")).isInstanceOf(JobFailedException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
