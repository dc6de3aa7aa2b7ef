package io.secateur.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.ShippedNetwork;
import io.secateur.store.ModelStore;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.store.hadoop.ModelStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void aSoundProcessFailsNoCheckAndNothingStaysInTheStore() {
    ModelStore store = ModelStores.open(folder.toUri());
    JobNeeds needs = JobNeeds.of(ShippedNetwork.LENET_300_100.topology(), 64, 2, true, 0);

    List<Finding> findings = new Preflight("local[2]", needs, store, Filesystems.PROVEN_ONLY).run();

    assertThat(findings).noneMatch(finding -> finding.verdict() == Verdict.FAIL);
    assertThat(findings)
        .extracting(Finding::check)
        .containsExactly(
            "java",
            "module opens",
            "array alignment",
            "vectors",
            "ND4J",
            "oneDNN",
            "maths threads",
            "store",
            "clock",
            "heap",
            "off-heap memory",
            "Kryo",
            "scratch space",
            "slots");
    assertThat(store.models()).isEmpty();
    assertThat(folder.resolve("models")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "29, OK", "31, WARN", "-31, WARN", "301, FAIL", "-301, FAIL"})
  void clocksMayBeHalfAMinuteApart(int seconds, Verdict verdict) {
    Finding finding = StoreProbes.clock(NOON, NOON.plusSeconds(seconds), NOON.plusMillis(5));
    assertThat(finding.verdict()).isEqualTo(verdict);
  }

  @Test
  void roundsOfMorePartitionsThanSlotsTakeTurns() {
    assertThat(ClusterProbes.slots(4, 4).verdict()).isEqualTo(Verdict.OK);
    assertThat(ClusterProbes.slots(4, 9).found())
        .isEqualTo("4 slots for 9 partitions: each round takes 3 turns");
  }

  @Test
  void executorsThatWereNotReachedAreCounted() {
    assertThat(ClusterProbes.executors(3, 3).verdict()).isEqualTo(Verdict.OK);
    assertThat(ClusterProbes.executors(3, 2).found()).startsWith("2 of 3");
  }

  @Test
  void memoryFailsBelowTheNeedAndWarnsWhereItIsScarce() {
    long has = Runtime.getRuntime().maxMemory();
    assertThat(MemoryProbes.heap(has / 2, "-Xmx%s").verdict()).isEqualTo(Verdict.OK);
    assertThat(MemoryProbes.heap(has - 1, "-Xmx%s").verdict()).isEqualTo(Verdict.WARN);
    Finding finding = MemoryProbes.heap(2 * has, "-Xmx%s");
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.remedy()).matches("-Xmx[0-9]+m");
  }

  @Test
  void aJobThatComputesWithMoreLanesThanAHostHasFails() {
    Finding finding = MathsProbes.vectors(JobNeeds.least(4096));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.remedy()).contains("lane-bits");
  }

  @Test
  void aLargerNetworkNeedsMoreAndOnlyDl4jNeedsMemoryOutsideTheHeap() {
    JobNeeds small = JobNeeds.of(ShippedNetwork.LENET_300_100.topology(), 64, 2, false, 0);
    JobNeeds large = JobNeeds.of(ShippedNetwork.LENET_5.topology(), 64, 2, true, 0);
    assertThat(large.workerHeapBytes(2)).isGreaterThan(small.workerHeapBytes(2));
    assertThat(large.driverHeapBytes()).isGreaterThan(small.driverHeapBytes());
    assertThat(small.offHeapBytes(2)).isZero();
    assertThat(large.offHeapBytes(2)).isPositive();
  }
}
