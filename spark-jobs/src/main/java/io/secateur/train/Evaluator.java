package io.secateur.train;

import io.secateur.data.LabelledImages;

/**
 * The one evaluator: jobs and {@code evaluate} both count errors here, in batches of {@link
 * Predictor#BATCH} in row order (the last one short), so that the same parameters give the same
 * figures to the last digit.
 */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Counts errors as integers: the first of the largest outputs is the prediction, and one that is
   * NaN is an error. The loss is -ln of the label's output, no less than the smallest normal float.
   */
  public static Evaluation evaluate(Predictor predictor, LabelledImages images) {
    int outputs = predictor.outputs();
    float[] features = new float[Predictor.BATCH * images.pixelsPerRow()];
    int[] labels = new int[Predictor.BATCH];
    float[] predicted = new float[Predictor.BATCH * outputs];
    long errors = 0;
    double loss = 0;
    for (int from = 0; from < images.count(); from += Predictor.BATCH) {
      int count = Math.min(Predictor.BATCH, images.count() - from);
      images.fill(from, count, features, labels);
      predictor.predict(features, count, predicted);
      for (int row = 0; row < count; row++) {
        float likelihood = predicted[row * outputs + labels[row]];
        if (largest(predicted, row * outputs, outputs) != labels[row]) {
          errors++;
        }
        loss -= Math.log(Math.max(likelihood, Float.MIN_NORMAL));
      }
    }
    return new Evaluation(errors, images.count(), loss / images.count());
  }

  /** The place of the first largest value, -1 when one is NaN. */
  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 0; i < count; i++) {
      float value = values[from + i];
      if (Float.isNaN(value)) {
        return -1;
      }
      if (value > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
