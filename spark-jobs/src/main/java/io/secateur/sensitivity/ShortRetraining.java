package io.secateur.sensitivity;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.PartitionData;
import io.secateur.data.TrainingRows;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import io.secateur.train.LocalTrainer;
import io.secateur.train.RoundChecks;
import io.secateur.train.RoundInput;
import io.secateur.train.RoundResult;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingPlan;
import io.secateur.train.WorkerSetup;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Retrains the network of a cell before it is measured: one worker, some epochs, the rest of the
 * weights held at zero. A pure function of the cut network and the rows, so a cell's errors do not
 * depend on where, or beside what, it runs.
 */
public final class ShortRetraining implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TrainingPlan plan;
  private final TrainingRows rows;
  private final SerializableConfiguration configuration;
  private final int epochs;
  private final int firstEpoch;
  private final double learningRate;
  private final double momentum;
  private final double l1;
  private final double l2;
  private final DropoutPolicy dropout;

  /**
   * A retraining of so many epochs.
   *
   * @param plan of one partition
   * @param rows all that it trains on
   * @param configuration Hadoop's settings to read them with
   * @param epochs at least 1
   * @param settings of the first epoch; an epoch is one round, whatever they say
   */
  public ShortRetraining(
      TrainingPlan plan,
      TrainingRows rows,
      Configuration configuration,
      int epochs,
      RoundSettings settings) {
    this.plan = plan;
    this.rows = rows;
    this.configuration = new SerializableConfiguration(configuration);
    this.epochs = epochs;
    this.firstEpoch = settings.epoch();
    this.learningRate = settings.learningRate();
    this.momentum = settings.momentum();
    this.l1 = settings.l1();
    this.l2 = settings.l2();
    this.dropout = settings.dropout();
  }

  /** The rows, read here. */
  PartitionData read() {
    return PartitionData.inMemory(rows, 0, 1, rows.chunks(configuration.value(), 0, 1));
  }

  /**
   * The network after retraining.
   *
   * @param cut only read; what is zero stays zero
   * @param data what {@link #read} gave
   * @throws io.secateur.error.JobFailedException when the loss is NaN or infinite
   */
  NetworkParameters of(NetworkParameters cut, PartitionData data) {
    Mask mask = cut.mask();
    float[] weights = mask.gather(cut.weights());
    float[] others = cut.others();
    float[] velocity = new float[weights.length + others.length];
    int minibatches = (data.rows() + plan.batchSize() - 1) / plan.batchSize();
    try (LocalTrainer trainer = plan.engine().trainer(new WorkerSetup(plan, mask, data))) {
      for (int epoch = firstEpoch; epoch < firstEpoch + epochs; epoch++) {
        RoundSettings settings =
            new RoundSettings(1, epoch, 0, minibatches, learningRate, momentum, l1, l2, dropout);
        RoundResult result =
            trainer.round(RoundInput.wrapping(settings, 1, weights, others, velocity), minibatches);
        RoundChecks.requireFiniteLoss(result.outcome(), settings);
        weights = result.weights();
        others = result.others();
        velocity = result.velocity();
      }
    }
    float[] all = new float[mask.length()];
    mask.scatter(weights, all);
    return NetworkParameters.wrapping(cut.layout(), all, others);
  }
}
