package io.secateur.train;

import static java.util.Objects.requireNonNull;

import io.secateur.data.LabelledImages;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Our own loop for large networks: the state is cut into shards that lie on the executors. A round
 * is one Spark job: each worker reads all shards, trains, and sends a piece of its result to each
 * shard, where pieces are added in partition order. It gives the bits of {@link SparkTrainer}: the
 * same workers, the same {@link WeightedSum}.
 *
 * <p>The driver sends and receives kilobytes for a task, whatever the size of the network. The
 * model itself goes through the driver only in {@link #begin}, {@link #state} and {@link #kept}. A
 * lost executor is repaired by computing its part again, from the shards that were last written to
 * a folder, a few rounds back.
 */
public final class ShardedTrainer implements DataParallelTrainer {
  private final TrainingSite site;
  private final ShardFolder folder;
  private final int roundsPerWrite;
  private ShardSet current;
  private ShardSet written;
  private ShardSet kept;
  private int roundsSinceWrite;
  private TrainingState onDriver;
  private LabelledImages rows;
  private Broadcast<LabelledImages> sentRows;

  /**
   * @param folder on a filesystem that executors share
   * @param roundsPerWrite how many rounds pass between two copies of the state in the folder, at
   *     least 1: what has to be computed again when an executor is lost, and how many rounds of
   *     shuffle files lie on the executors' disks
   */
  public ShardedTrainer(
      JavaSparkContext spark,
      TrainingPlan plan,
      TrainingRows trainingRows,
      String folder,
      int roundsPerWrite) {
    this(new TrainingSite(spark, plan, trainingRows), folder, roundsPerWrite);
  }

  ShardedTrainer(TrainingSite site, String folder, int roundsPerWrite) {
    if (roundsPerWrite < 1) {
      throw new IllegalArgumentException(roundsPerWrite + " rounds between copies of the state");
    }
    this.site = site;
    this.folder = new ShardFolder(site.spark().hadoopConfiguration(), folder, site.id());
    this.roundsPerWrite = roundsPerWrite;
  }

  @Override
  public void begin(TrainingState handedOver, Mask mask) {
    requireNonNull(handedOver, "state");
    site.use(mask);
    ShardSet first = ShardSet.send(site, handedOver, folder);
    leaveCurrent();
    makeBase(first);
    onDriver = handedOver;
  }

  @Override
  public RoundOutcome round(RoundSettings settings) {
    ShardSet before = current();
    ShardSet after = before.trained(site, settings);
    RoundOutcome outcome = after.materialise();
    before.unpersist();
    current = after;
    onDriver = null;
    roundsSinceWrite++;
    if (roundsSinceWrite == roundsPerWrite) {
      write();
    }
    RoundChecks.requireFiniteLoss(outcome, settings);
    return outcome;
  }

  /** Makes the current set one that rests on files, and forgets how it came about. */
  private void write() {
    ShardSet copy = current.written(site, folder);
    leaveCurrent();
    makeBase(copy);
  }

  /** Nothing needs the current set any more; one that is written may still be the one to keep. */
  private void leaveCurrent() {
    if (current != null) {
      current.unpersist();
      current.forgetShuffles();
    }
  }

  private void makeBase(ShardSet next) {
    ShardSet before = written;
    current = next;
    written = next;
    roundsSinceWrite = 0;
    deleteUnused(before);
  }

  private void deleteUnused(ShardSet set) {
    if (set != null && set != written && set != kept) {
      set.deleteFiles(folder);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Each shard is sent to the driver, one after the other, unless no round came since the state
   * was last there.
   */
  @Override
  public TrainingState state() {
    ShardSet shards = current();
    if (onDriver == null) {
      onDriver = shards.collect(site.plan().network());
    }
    return onDriver;
  }

  @Override
  public Evaluation evaluate(LabelledImages images) {
    send(images);
    return Evaluator.combine(current().score(site, sentRows));
  }

  private void send(LabelledImages images) {
    if (rows != images) {
      destroyRows();
      sentRows = site.spark().broadcast(images);
      rows = images;
    }
  }

  private void destroyRows() {
    if (sentRows != null) {
      sentRows.destroy();
    }
  }

  /** {@inheritDoc} They stay in the folder, as files. */
  @Override
  public void keep() {
    if (current() != written) {
      write();
    }
    ShardSet before = kept;
    kept = written;
    deleteUnused(before);
  }

  @Override
  public Optional<NetworkParameters> kept() {
    return Optional.ofNullable(kept).map(set -> set.readParameters(site.plan().network(), folder));
  }

  private ShardSet current() {
    if (current == null) {
      throw new IllegalStateException("no state was handed over: begin comes first");
    }
    return current;
  }

  @Override
  public int minibatchesPerEpoch() {
    return site.minibatchesPerEpoch();
  }

  @Override
  public void close() {
    if (!site.spark().sc().isStopped()) {
      leaveCurrent();
      destroyRows();
      folder.close();
    }
    site.close();
  }
}
