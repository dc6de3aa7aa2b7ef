package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Our own loop for networks of ordinary size: a round is one Spark job of a task for each
 * partition. Results come back to the driver and are averaged there in partition order. A worker is
 * a partition, whatever thread or JVM runs it, so the result does not depend on the cluster.
 */
public final class SparkTrainer implements DataParallelTrainer {
  private final TrainingSite site;
  private final RoundTransport transport;
  private final StateOnDriver state;

  /** A trainer with partitions of its own. */
  public SparkTrainer(JavaSparkContext spark, TrainingPlan plan, TrainingRows rows) {
    this(plan, new TrainingSite(spark, plan, rows));
  }

  SparkTrainer(TrainingPlan plan, TrainingSite site) {
    this.site = site;
    this.transport = RoundTransport.of(site);
    this.state = new StateOnDriver(plan);
  }

  @Override
  public void begin(TrainingState handedOver, Mask itsMask) {
    state.begin(handedOver);
    site.use(itsMask);
  }

  @Override
  public TrainingState state() {
    return state.get();
  }

  @Override
  public Evaluation evaluate(LabelledImages rows) {
    return state.evaluate(rows);
  }

  @Override
  public void keep() {
    state.keep();
  }

  @Override
  public Optional<NetworkParameters> kept() {
    return state.kept();
  }

  @Override
  public RoundOutcome round(RoundSettings settings) {
    TrainingState trained = state.get();
    List<RoundResult> results = transport.run(inputOf(trained, settings), site.worker(settings));
    RoundOutcome outcome = RoundAverage.into(trained, site.mask(), results, settings.frozen());
    RoundChecks.requireFiniteLoss(outcome, settings);
    trained.requireZerosOutside(site.mask());
    return outcome;
  }

  private RoundInput inputOf(TrainingState from, RoundSettings settings) {
    float[] weights = site.mask().gather(from.parameters().weights());
    float[] others = from.parameters().others().clone();
    return site.input(settings, weights, others, from.velocity(site.mask()));
  }

  @Override
  public int minibatchesPerEpoch() {
    return site.minibatchesPerEpoch();
  }

  @Override
  public void close() {
    site.close();
  }
}
