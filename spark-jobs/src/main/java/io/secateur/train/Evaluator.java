package io.secateur.train;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import java.util.List;

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
    return combine(List.of(score(predictor, images, 0, images.count())));
  }

  /** Evaluates a network at these parameters. */
  public static Evaluation evaluate(
      Engine engine,
      NetworkDefinition definition,
      NetworkParameters parameters,
      LabelledImages images) {
    try (Predictor predictor = engine.predictor(definition, parameters)) {
      return evaluate(predictor, images);
    }
  }

  /**
   * The scores of rows [from, to).
   *
   * @param from a multiple of {@link Predictor#BATCH}, so that batches are those of all rows
   */
  static RowScores score(Predictor predictor, LabelledImages images, int from, int to) {
    int outputs = predictor.outputs();
    float[] features = new float[Predictor.BATCH * images.pixelsPerRow()];
    int[] labels = new int[Predictor.BATCH];
    float[] predicted = new float[Predictor.BATCH * outputs];
    float[] likelihoods = new float[to - from];
    long errors = 0;
    for (int first = from; first < to; first += Predictor.BATCH) {
      int count = Math.min(Predictor.BATCH, to - first);
      images.fill(first, count, features, labels);
      predictor.predict(features, count, predicted);
      for (int row = 0; row < count; row++) {
        likelihoods[first - from + row] = predicted[row * outputs + labels[row]];
        if (largest(predicted, row * outputs, outputs) != labels[row]) {
          errors++;
        }
      }
    }
    return RowScores.wrapping(errors, likelihoods);
  }

  /** The figures over all these rows; the losses are added row by row, in the order given. */
  static Evaluation combine(List<RowScores> inRowOrder) {
    long errors = 0;
    long examples = 0;
    double loss = 0;
    for (RowScores scores : inRowOrder) {
      errors += scores.errors();
      examples += scores.likelihoods().length;
      for (float likelihood : scores.likelihoods()) {
        loss -= Math.log(Math.max(likelihood, Float.MIN_NORMAL));
      }
    }
    return new Evaluation(errors, examples, loss / examples);
  }

  /** The place of the first largest value, -1 when one is NaN. */
  public static int largest(float[] values, int from, int count) {
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
