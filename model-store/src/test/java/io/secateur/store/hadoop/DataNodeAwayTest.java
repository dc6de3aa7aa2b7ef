package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StagedModel;
import io.secateur.store.hadoop.FaultPlan.Call;
import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The only DataNode goes away during a publish and comes back, in every build after a second, in
 * full size after 20. HDFS's client itself gives a write up at once.
 */
class DataNodeAwayTest {
  private static final Duration AWAY = Duration.ofSeconds(Faults.sized(1, 20));

  private CompletableFuture<Void> back = CompletableFuture.completedFuture(null);
  private long since;

  /** Stops the DataNode when a call comes, and starts it after a while. */
  private void goAwayAt(Call call, FileOperation operation, String step) {
    if (since == 0 && call.operation() == operation && FaultMatrix.step(call.path()).equals(step)) {
      MiniDFSCluster cluster = MiniHdfs.cluster();
      DataNodeProperties node = cluster.stopDataNode(0);
      since = System.nanoTime();
      back =
          CompletableFuture.runAsync(
              () -> {
                try {
                  cluster.restartDataNode(node, true);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              CompletableFuture.delayedExecutor(AWAY.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  /** While a stream is open, and between payload and commit; and around these. */
  static List<Arguments> moments() {
    List<Arguments> moments =
        List.of(
            arguments(FileOperation.WRITE, "tensor file"),
            arguments(FileOperation.CREATE, "manifest, hidden"),
            arguments(FileOperation.MKDIR, "payload folder"),
            arguments(FileOperation.CLOSE, "configuration"));
    return moments.subList(0, Faults.sized(2, moments.size()));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aPublishRidesItOut(FileOperation operation, String step) throws Exception {
    URI root = MiniHdfs.uri("/away-" + operation);
    FaultPlan plan = new FaultPlan(root.getPath(), Map.of());
    plan.watch(call -> goAwayAt(call, operation, step));
    StoreFiles files = FaultyHdfs.files(root, plan);
    ModelStore store = new HadoopModelStore(files);
    ModelVersion version;
    try (StagedModel staged = store.stage(Samples.tinyDraft("m", 1))) {
      version = staged.publish(Samples.provenance(1));
    } finally {
      back.get(60, TimeUnit.SECONDS);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(AWAY);
    assertThat(version).isEqualTo(new ModelVersion("m", 1));
    assertThat(store.resolve(ModelReference.parse("m"))).isEqualTo(version);
    assertThat(store.read(version).parameters().weights())
        .isEqualTo(Samples.tinyParameters(1).weights());
    assertThat(Unreferenced.of(files, "m")).isEmpty();
  }
}
