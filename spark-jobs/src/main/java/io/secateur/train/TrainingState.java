package io.secateur.train;

import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Mask;
import java.util.Arrays;

/**
 * The driver's side of training: all parameters and their velocity (Nesterov momentum), in full
 * length. Mutable: a round trains it in place.
 */
public final class TrainingState {
  private final NetworkParameters parameters;
  private final float[] weightVelocity;
  private final float[] otherVelocity;

  private TrainingState(
      NetworkParameters parameters, float[] weightVelocity, float[] otherVelocity) {
    this.parameters = parameters;
    this.weightVelocity = weightVelocity;
    this.otherVelocity = otherVelocity;
  }

  /** Training that begins at these parameters (not a copy), with the velocity at zero. */
  public static TrainingState startingFrom(NetworkParameters parameters) {
    return new TrainingState(
        parameters, new float[parameters.weights().length], new float[parameters.others().length]);
  }

  /**
   * A state of these very objects, not of copies.
   *
   * @param weightVelocity by global index
   * @param otherVelocity of biases and statistics
   */
  public static TrainingState wrapping(
      NetworkParameters parameters, float[] weightVelocity, float[] otherVelocity) {
    if (weightVelocity.length != parameters.weights().length
        || otherVelocity.length != parameters.others().length) {
      throw new IllegalArgumentException(
          "found a velocity of "
              + weightVelocity.length
              + " weights and "
              + otherVelocity.length
              + " others; expected one of each parameter");
    }
    return new TrainingState(parameters, weightVelocity, otherVelocity);
  }

  /** The parameters themselves, not a copy. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** The velocity of the weights itself, by global index. */
  public float[] weightVelocity() {
    return weightVelocity;
  }

  /** The velocity of the others itself. */
  public float[] otherVelocity() {
    return otherVelocity;
  }

  /** A fresh array of the velocity of the surviving weights in mask order, then of the others. */
  public float[] velocity(Mask mask) {
    float[] velocity = new float[mask.cardinality() + otherVelocity.length];
    float[] surviving = mask.gather(weightVelocity);
    System.arraycopy(surviving, 0, velocity, 0, surviving.length);
    System.arraycopy(otherVelocity, 0, velocity, surviving.length, otherVelocity.length);
    return velocity;
  }

  /** The same state in arrays of its own. */
  public TrainingState copy() {
    return new TrainingState(parameters.copy(), weightVelocity.clone(), otherVelocity.clone());
  }

  /** Sets all velocity to zero, as when pruning begins. */
  public void resetVelocity() {
    Arrays.fill(weightVelocity, 0f);
    Arrays.fill(otherVelocity, 0f);
  }

  /** Sets weights outside the mask, and their velocity, to +0.0f. Survivors keep both. */
  public void apply(Mask mask) {
    mask.zeroAbsent(parameters.weights());
    mask.zeroAbsent(weightVelocity);
  }

  /**
   * Proves that every weight outside the mask is exactly +0.0f, and its velocity zero.
   *
   * @throws JobFailedException naming the first that is not
   */
  public void requireZerosOutside(Mask mask) {
    if (mask.isFull()) {
      return;
    }
    float[] weights = parameters.weights();
    for (int i = 0; i < weights.length; i++) {
      boolean clear = Float.floatToRawIntBits(weights[i]) == 0 && weightVelocity[i] == 0f;
      if (!clear && !mask.get(i)) {
        throw new JobFailedException(
            "weight "
                + weights[i]
                + " with velocity "
                + weightVelocity[i]
                + " at "
                + placeOf(i)
                + ", which is pruned",
            "pruned weights that stay exactly zero",
            "report this: it is a bug");
      }
    }
  }

  private String placeOf(int globalIndex) {
    return parameters.layout().weights().stream()
        .filter(tensor -> globalIndex >= tensor.offset() && globalIndex < tensor.end())
        .map(ParameterTensor::name)
        .findFirst()
        .map(name -> name + ", global index " + globalIndex)
        .orElseThrow();
  }
}
