package io.secateur.train;

import io.secateur.data.MinibatchReader;
import io.secateur.network.NetworkParameters;
import org.apache.spark.TaskContext;

/**
 * No training at all: folds every pixel and label into the weights, in the order in which it reads
 * them, so that one that is wrong, missing or out of order changes the result.
 */
final class FoldEngine implements Engine {
  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  FoldEngine(Trouble trouble) {
    this.trouble = trouble;
  }

  /** What befalls the first attempt at a task of partition 1 in round 1. */
  enum Trouble {
    NONE,
    FAILS,
    HANGS
  }

  @Override
  public String id() {
    return "fold";
  }

  @Override
  public LocalTrainer trainer(WorkerSetup setup) {
    return new Fold(setup, trouble);
  }

  @Override
  public Predictor predictor(NetworkDefinition network, NetworkParameters parameters) {
    throw new UnsupportedOperationException("nothing to predict with");
  }

  private static final class Fold implements LocalTrainer {
    private final WorkerSetup setup;
    private final MinibatchReader reader;
    private final Trouble trouble;
    private final float[] features;
    private final int[] labels;

    Fold(WorkerSetup setup, Trouble trouble) {
      this.setup = setup;
      this.reader = setup.reader();
      this.trouble = trouble;
      this.features = new float[setup.batchSize() * reader.pixelsPerRow()];
      this.labels = new int[setup.batchSize()];
    }

    @Override
    public RoundResult round(RoundInput in, int minibatches) {
      reader.startEpoch(in.epoch());
      float[] weights = in.weights().clone();
      int examples = 0;
      int at = 0;
      int end = Math.min((in.round() + 1) * minibatches, reader.minibatches());
      for (int minibatch = in.round() * minibatches; minibatch < end; minibatch++) {
        int rows = reader.read(minibatch, features, labels);
        for (int row = 0; row < rows; row++) {
          for (int i = 0; i < reader.pixelsPerRow(); i++) {
            at = at + 1 == weights.length ? 0 : at + 1;
            float pixel = features[row * reader.pixelsPerRow() + i];
            weights[at] = 0.75f * weights[at] + 0.1f * pixel + 0.01f * labels[row];
          }
        }
        examples += rows;
      }
      meetTrouble(in);
      return RoundResult.wrapping(
          weights, in.others().clone(), in.velocity().clone(), examples, examples);
    }

    private void meetTrouble(RoundInput in) {
      boolean first =
          TaskContext.get() != null
              && TaskContext.get().attemptNumber() == 0
              && in.epoch() == 0
              && in.round() == 1
              && setup.partition() == 1;
      if (first && trouble == Trouble.FAILS) {
        throw new IllegalStateException("the first attempt fails");
      }
      if (first && trouble == Trouble.HANGS) {
        try {
          Thread.sleep(60_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() {}
  }
}
