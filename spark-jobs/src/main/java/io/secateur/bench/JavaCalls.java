package io.secateur.bench;

import io.secateur.network.Session;
import io.secateur.network.SparseNetwork;
import io.secateur.train.Predictor;
import java.util.Arrays;

/** Predictions in this process. */
final class JavaCalls extends Calls {
  /** A prediction of all examples of a call, in place. */
  private interface Prediction {
    void into(float[] results);
  }

  private final Prediction prediction;
  private final Runnable end;
  private final float[] results;
  private final int outputs;

  private JavaCalls(
      String name, int least, int batch, int outputs, Prediction prediction, Runnable end) {
    super(name, least);
    this.prediction = prediction;
    this.end = end;
    this.outputs = outputs;
    this.results = new float[batch * outputs];
  }

  /** A session of ours: probabilities of a classifier, else what leaves the network. */
  static JavaCalls of(String name, int least, SparseNetwork network, Examples examples) {
    Session session = network.session();
    int batch = examples.count();
    Prediction prediction =
        network.isClassifier()
            ? results -> session.probabilities(examples.raw(), batch, results)
            : results -> session.logits(examples.raw(), batch, results);
    return new JavaCalls(name, least, batch, network.outputs(), prediction, () -> {});
  }

  /** A predictor, which is closed with this. */
  static JavaCalls of(String name, int least, Predictor predictor, Examples examples) {
    int batch = examples.count();
    return new JavaCalls(
        name,
        least,
        batch,
        predictor.outputs(),
        results -> predictor.predict(examples.scaled(), batch, results),
        predictor::close);
  }

  @Override
  double[] predict(double seconds, int count) {
    double[] taken = new double[count];
    int calls = 0;
    long end = System.nanoTime() + (long) (1e9 * seconds);
    long now = System.nanoTime();
    while (now < end || calls < count) {
      long start = System.nanoTime();
      prediction.into(results);
      now = System.nanoTime();
      if (calls == taken.length) {
        taken = Arrays.copyOf(taken, 2 * calls);
      }
      taken[calls++] = (now - start) / 1e9;
    }
    return Arrays.copyOf(taken, calls);
  }

  @Override
  float[] firstAnswer() {
    prediction.into(results);
    return Arrays.copyOf(results, outputs);
  }

  @Override
  public void close() {
    end.run();
  }
}
