package io.secateur.kernel;

import java.util.Arrays;

/**
 * The output of a network: p = softmax(z), and the loss -ln p[label]. A few values for each
 * example, so plain Java in doubles; e^x is computed here, so that it has the same bits on every
 * machine.
 */
public final class SoftmaxCrossEntropy {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2 = 0.6931471805599453;
  private static final int TERMS = 11;
  private static final double[] INVERSE = new double[TERMS + 1];

  static {
    for (int i = 1; i <= TERMS; i++) {
      INVERSE[i] = 1.0 / i;
    }
  }

  private final Activations logits;
  private final double[] exponentials;
  private float largest;

  /**
   * @param logits flat
   */
  public SoftmaxCrossEntropy(Activations logits) {
    this.logits = logits;
    this.exponentials = new double[logits.features()];
  }

  /**
   * Writes the probabilities of the first examples.
   *
   * @param probabilities receives [count][classes]
   */
  public void predict(float[] arena, int count, float[] probabilities) {
    int classes = logits.features();
    for (int example = 0; example < count; example++) {
      double sum = exponentiate(arena, example);
      for (int c = 0; c < classes; c++) {
        probabilities[example * classes + c] = (float) (exponentials[c] / sum);
      }
    }
  }

  /**
   * Writes the gradient of the loss summed over the examples, p - 1 at the label and p elsewhere;
   * zero in the columns behind them.
   *
   * @param gradient flat
   * @return the loss summed over the examples
   */
  public double gradient(float[] arena, int[] labels, int count, Activations gradient) {
    int classes = logits.features();
    int batch = logits.batch();
    double loss = 0;
    for (int example = 0; example < count; example++) {
      double sum = exponentiate(arena, example);
      for (int c = 0; c < classes; c++) {
        arena[gradient.origin() + c * batch + example] = (float) (exponentials[c] / sum);
      }
      arena[gradient.origin() + labels[example] * batch + example] -= 1f;
      loss += StrictMath.log(sum) - (logit(arena, labels[example], example) - largest);
    }
    for (int c = 0; c < classes; c++) {
      int row = gradient.origin() + c * batch;
      Arrays.fill(arena, row + count, row + batch, 0f);
    }
    return loss;
  }

  private float logit(float[] arena, int c, int example) {
    return arena[logits.origin() + c * logits.batch() + example];
  }

  /** e^(z - largest z) of each class; their sum. NaN when a logit is. */
  private double exponentiate(float[] arena, int example) {
    int classes = logits.features();
    largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, logit(arena, c, example));
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double e = exp((double) logit(arena, c, example) - largest);
      exponentials[c] = e;
      sum += e;
    }
    return sum;
  }

  /** e^x for x not above 0, to 1e-12 of it; 0 below -700. */
  static double exp(double x) {
    if (x < -700) {
      return 0;
    }
    double n = Math.rint(x * LOG2_E);
    double r = x - n * LN2;
    double sum = 1;
    // Horner's form of the series up to r^11 / 11!, |r| <= ln 2 / 2
    for (int i = TERMS; i >= 1; i--) {
      sum = 1 + r * INVERSE[i] * sum;
    }
    return sum * Double.longBitsToDouble((1023L + (long) n) << 52);
  }
}
