package io.secateur.network;

import static java.util.Objects.requireNonNull;

import io.secateur.error.JobFailedException;
import io.secateur.tensor.Mask;
import java.util.Arrays;

/**
 * The values of all parameters of a network, in the two arenas of its layout. Mutable, and not
 * thread-safe: training writes into the arrays that {@link #weights} and {@link #others} return.
 */
public final class NetworkParameters {
  private final ParameterLayout layout;
  private final float[] weights;
  private final float[] others;

  private NetworkParameters(ParameterLayout layout, float[] weights, float[] others) {
    this.layout = requireNonNull(layout, "layout");
    this.weights = weights;
    this.others = others;
    if (weights.length != layout.weightCount() || others.length != layout.otherCount()) {
      throw new IllegalArgumentException(
          String.format(
              "the layout has %d weights and %d others, found %d and %d",
              layout.weightCount(), layout.otherCount(), weights.length, others.length));
    }
  }

  /**
   * Parameters in these very arrays, not in copies.
   *
   * @throws IllegalArgumentException when the arrays are not as long as the layout's arenas
   */
  public static NetworkParameters wrapping(
      ParameterLayout layout, float[] weights, float[] others) {
    return new NetworkParameters(layout, weights, others);
  }

  /** Parameters that are all +0.0f, to be filled. */
  public static NetworkParameters zeros(ParameterLayout layout) {
    return wrapping(layout, new float[layout.weightCount()], new float[layout.otherCount()]);
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The arena of weights itself, not a copy, indexed by global index. */
  public float[] weights() {
    return weights;
  }

  /** The arena of biases and statistics itself, not a copy. */
  public float[] others() {
    return others;
  }

  /** The arena that holds {@code tensor}, itself, not a copy. */
  public float[] arenaOf(ParameterTensor tensor) {
    return tensor.isPrunable() ? weights : others;
  }

  /** A fresh array of the values of one tensor of the layout, row-major. */
  public float[] valuesOf(ParameterTensor tensor) {
    return Arrays.copyOfRange(arenaOf(tensor), tensor.offset(), tensor.end());
  }

  /** Which weights are not zero, by global index. */
  public Mask mask() {
    return Mask.ofNonZero(weights);
  }

  /** The same values in arrays of their own. */
  public NetworkParameters copy() {
    return wrapping(layout, weights.clone(), others.clone());
  }

  /**
   * Checks that no parameter is NaN or infinite.
   *
   * @throws JobFailedException naming the first tensor, element and value that is
   */
  public void requireFinite() {
    for (ParameterTensor tensor : layout.tensors()) {
      float[] arena = arenaOf(tensor);
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        if (!Float.isFinite(arena[i])) {
          throw new JobFailedException(
              arena[i]
                  + " in layer "
                  + tensor.layer()
                  + " ("
                  + tensor.name()
                  + ", element "
                  + (i - tensor.offset())
                  + ")",
              "finite parameters",
              "lower the learning rate, or check the model that the job starts from");
        }
      }
    }
  }
}
