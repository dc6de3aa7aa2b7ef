package io.secateur.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.error.StoreException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.report.Captured;
import io.secateur.report.JobResult;
import io.secateur.report.QuietListener;
import io.secateur.store.JobFolders;
import io.secateur.tensor.Mask;
import io.secateur.train.TrainingState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointWriterTest {
  private static final long COST = 10;

  private final Captured err = new Captured();
  private final List<String> written = new ArrayList<>();
  private RuntimeException failure;
  private long now = 1_000_000;
  private final CheckpointWriter writer =
      new CheckpointWriter(new Folders(), "job", new QuietListener(err.stream()), () -> now);

  /** Takes checkpoints, at a cost. */
  private final class Folders implements JobFolders {
    @Override
    public List<String> ids() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(String jobId, String file, byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> read(String jobId, String file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String jobId, String file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> names(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI files(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeCheckpoint(String jobId, byte[] content) {
      now += COST;
      if (failure != null) {
        throw failure;
      }
      written.add(jobId);
    }

    @Override
    public Optional<byte[]> readCheckpoint(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI shards(String jobId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteCheckpoint(String jobId) {
      throw new UnsupportedOperationException();
    }
  }

  private static Checkpoint checkpoint() {
    ParameterLayout layout = ParameterLayout.of(ShippedNetwork.LENET_300_100.topology());
    return new Checkpoint(
        Position.beforeEpoch(JobPhase.TRAINING, 1),
        Mask.full(layout.weightCount()),
        TrainingState.startingFrom(NetworkParameters.zeros(layout)),
        Optional.empty(),
        Optional.empty(),
        new Account(List.of(), new JobResult.Timings(0, 0, 0, 0, 0, 0), List.of()));
  }

  private void afterEpoch(long elapsed, int expected) {
    now += elapsed;
    writer.afterEpoch(CheckpointWriterTest::checkpoint);
    assertThat(written).hasSize(expected);
  }

  @Test
  void epochsAreKeptAtOnePercentOfTheTime() {
    afterEpoch(0, 1);
    afterEpoch(500, 1);
    afterEpoch(499, 1);
    afterEpoch(1, 2);
    afterEpoch(999, 2);
    afterEpoch(1, 3);
  }

  @Test
  void cutsAreKeptAtFivePercentAndTheEndAlways() {
    afterEpoch(0, 1);
    now += 199;
    writer.afterCut(CheckpointWriterTest::checkpoint);
    assertThat(written).hasSize(1);
    now += 1;
    writer.afterCut(CheckpointWriterTest::checkpoint);
    assertThat(written).hasSize(2);
    writer.write(CheckpointWriterTest::checkpoint);
    assertThat(written).hasSize(3);
  }

  @Test
  void aStoreThatRefusesIsAWarningAndIsTriedAgain() {
    failure = new StoreException("no space", "some", "free some");
    afterEpoch(0, 0);
    assertThat(err.text()).contains("no checkpoint").contains("no space");
    failure = null;
    afterEpoch(1_000, 1);
  }
}
