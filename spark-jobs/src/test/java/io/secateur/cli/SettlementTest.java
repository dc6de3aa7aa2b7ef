package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.report.JobResult;
import io.secateur.report.PublishGate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SettlementTest {
  @TempDir private Path out;

  private final PublishGate gate = new PublishGate();
  private final List<JobResult> told = new ArrayList<>();

  private Settlement settlement() {
    return new Settlement(out, JobResult.builder("train", "an-id"), gate, told::add);
  }

  @Test
  void anInterruptionIsWrittenAndNothingIsPublishedAfterIt() {
    settlement().interrupt();

    var result = Session.result(out);
    assertThat(result.get("status").asText()).isEqualTo("failed");
    assertThat(result.get("exitCode").asInt()).isEqualTo(130);
    assertThat(result.get("error").get("found").asText()).contains("interruption");
    assertThat(told).hasSize(1);
    assertThatThrownBy(() -> gate.commit(() -> 1)).isInstanceOf(JobFailedException.class);
  }

  @Test
  void anInterruptionAfterTheEndChangesNothing() {
    Settlement settlement = settlement();
    settlement.succeed();

    settlement.interrupt();

    assertThat(Session.result(out).get("status").asText()).isEqualTo("succeeded");
    assertThat(told).isEmpty();
  }

  @Test
  void aCommitThatRunsIsWaitedFor() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Settlement settlement = settlement();
    CompletableFuture<Integer> commit =
        CompletableFuture.supplyAsync(
            () ->
                gate.commit(
                    () -> {
                      running.countDown();
                      await(mayEnd);
                      return 7;
                    }));
    running.await();
    CompletableFuture<Void> interruption = CompletableFuture.runAsync(settlement::interrupt);

    assertThat(out.resolve("result.json")).doesNotExist();
    mayEnd.countDown();
    interruption.get(10, TimeUnit.SECONDS);

    assertThat(commit).isCompletedWithValue(7);
    assertThat(Session.result(out).get("exitCode").asInt()).isEqualTo(130);
  }

  @Test
  void aFailureIsWrittenWithItsProblem() {
    try (Settlement settlement = settlement().watch()) {
      settlement.fail(3, new Problem("a", "b", "c"));
    }

    assertThat(Session.result(out).get("error").toString())
        .isEqualTo("{\"found\":\"a\",\"expected\":\"b\",\"remedy\":\"c\"}");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
