package io.secateur.train.engine;

import io.secateur.config.DropoutPolicy;
import io.secateur.data.RandomStream;
import io.secateur.kernel.Activations;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import io.secateur.kernel.Nesterov;
import io.secateur.kernel.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The layers of one network and the array they work in. Not thread-safe. */
final class NativeNetwork {
  private final float[] arena;
  private final Activations input;
  private final Activations output;
  private final Activations logitsGradient;
  private final Layer[] forward;
  private final BackwardStep[] backward;
  private final List<DropoutLayer> dropouts;
  private final ParameterMap parameters;
  private final SoftmaxCrossEntropy loss;
  private final boolean[] still;
  private int backwardSteps;

  /**
   * @param logitsGradient null for a network that only predicts
   * @param backward from the last layer to the first
   */
  NativeNetwork(
      float[] arena,
      Activations input,
      Activations logits,
      Activations logitsGradient,
      List<Layer> forward,
      Collection<BackwardStep> backward,
      List<DropoutLayer> dropouts,
      ParameterMap parameters) {
    this.arena = arena;
    this.input = input;
    this.output = logits;
    this.logitsGradient = logitsGradient;
    this.forward = forward.toArray(new Layer[0]);
    this.backward = backward.toArray(new BackwardStep[0]);
    this.still = new boolean[this.backward.length];
    this.dropouts = List.copyOf(dropouts);
    this.parameters = parameters;
    this.loss = new SoftmaxCrossEntropy(logits);
    parameters.writeMask(arena);
  }

  ParameterMap parameters() {
    return parameters;
  }

  float[] arena() {
    return arena;
  }

  /**
   * Sets what holds for a round.
   *
   * @param frozen layers that do not learn; what is before the first that does is not gone back to
   */
  void startRound(DropoutPolicy policy, RandomStream random, Set<String> frozen) {
    for (DropoutLayer dropout : dropouts) {
      dropout.startRound(policy, random);
    }
    backwardSteps = 0;
    for (int i = 0; i < backward.length; i++) {
      String layer = backward[i].layer();
      still[i] = layer == null || frozen.contains(layer);
      if (!still[i]) {
        backwardSteps = i + 1;
      }
    }
  }

  /**
   * Trains on one minibatch.
   *
   * @param features [rows][inputs]
   * @return the loss before the update, summed over the rows
   */
  double train(float[] features, int[] labels, int rows, Nesterov rule) {
    runForward(features, rows);
    double lossSum = loss.gradient(arena, labels, rows, logitsGradient);
    float scale = 1f / rows;
    for (int i = 0; i < backwardSteps; i++) {
      backward[i].way().backward(arena, scale, still[i] ? Nesterov.STILL : rule);
    }
    return lossSum;
  }

  /** Probabilities, [rows][classes]. */
  void predict(float[] features, int rows, float[] probabilities) {
    runForward(features, rows);
    loss.predict(arena, rows, probabilities);
  }

  /** A minibatch in the layout of the first layer, to be copied in as it is. */
  float[] packed(float[] features, int rows) {
    input.fill(arena, features, rows);
    return Arrays.copyOfRange(arena, input.first(), input.first() + input.length());
  }

  /** Probabilities of a packed minibatch, [rows][classes]. */
  void predictPacked(float[] packed, int rows, float[] probabilities) {
    runForward(packed);
    loss.predict(arena, rows, probabilities);
  }

  /** What leaves the last layer for a packed minibatch, [rows][features]. */
  void values(float[] packed, int rows, float[] values) {
    runForward(packed);
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int lane = row / Kernels.BLOCK * output.chunkStep() + row % Kernels.BLOCK + output.origin();
      for (int channel = 0; channel < output.channels(); channel++) {
        for (int y = 0; y < output.height(); y++) {
          int from = lane + channel * output.channelStep() + y * output.rowStep();
          for (int x = 0; x < output.width(); x++) {
            values[next++] = arena[from + x * output.pixelStep()];
          }
        }
      }
    }
  }

  private void runForward(float[] packed) {
    System.arraycopy(packed, 0, arena, input.first(), input.length());
    runForward();
  }

  private void runForward(float[] features, int rows) {
    input.fill(arena, features, rows);
    runForward();
  }

  private void runForward() {
    for (Layer layer : forward) {
      layer.forward(arena);
    }
  }
}
