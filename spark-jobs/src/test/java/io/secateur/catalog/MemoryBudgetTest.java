package io.secateur.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final long LIMIT = 100;

  private final MemoryBudget budget = new MemoryBudget();

  @Test
  void whatWorksAtOnceNeverTakesMoreThanTheLimit() throws Exception {
    AtomicLong taken = new AtomicLong();
    AtomicLong most = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long bytes = 1 + i * 37L % LIMIT;
      work.add(
          threads.submit(
              () ->
                  budget.with(
                      bytes,
                      LIMIT,
                      () -> {
                        long now = taken.addAndGet(bytes);
                        most.accumulateAndGet(now, Math::max);
                        LockSupport.parkNanos(1000);
                        taken.addAndGet(-bytes);
                        return now;
                      })));
    }
    for (Future<?> one : work) {
      one.get();
    }
    threads.shutdown();
    assertThat(most.get()).isBetween(LIMIT / 2, LIMIT);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aLargeModelIsNotOvertakenBySmallOnes() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<?> first =
        threads.submit(
            () ->
                budget.with(
                    60,
                    LIMIT,
                    () -> {
                      holds.countDown();
                      await(release);
                      return order.add("first");
                    }));
    holds.await();
    Future<?> large = waiting(threads, () -> budget.with(90, LIMIT, () -> order.add("large")), 1);
    Future<?> small = waiting(threads, () -> budget.with(10, LIMIT, () -> order.add("small")), 2);
    assertThat(small.isDone()).isFalse();
    release.countDown();
    first.get();
    large.get();
    small.get();
    threads.shutdown();
    assertThat(order).startsWith("first").contains("large", "small");
  }

  private Future<?> waiting(ExecutorService threads, Runnable work, int queued) throws Exception {
    Future<?> begun = threads.submit(work);
    while (budget.waiting() < queued) {
      Thread.sleep(1);
    }
    return begun;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void workThatFailsGivesItsMemoryBack() {
    assertThatThrownBy(
            () ->
                budget.with(
                    50,
                    LIMIT,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(budget.used()).isZero();
    assertThatThrownBy(() -> budget.with(101, LIMIT, () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
