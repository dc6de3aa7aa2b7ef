package io.secateur.train;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Mask;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the parameters of frozen layers lie among those of a round: the surviving weights in mask
 * order, then the others. An average of equal values is not always that value, so what is frozen is
 * not averaged but put back.
 */
public final class FrozenRanges implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] ranges;

  private FrozenRanges(int[] ranges) {
    this.ranges = ranges;
  }

  /** The places of these layers' weights and biases with this mask. */
  public static FrozenRanges of(ParameterLayout layout, Mask mask, Set<String> layers) {
    if (layers.isEmpty()) {
      return new FrozenRanges(new int[0]);
    }
    IntStream.Builder ranges = IntStream.builder();
    int next = 0;
    for (ParameterTensor tensor : layout.weights()) {
      int end = next + mask.slice(tensor.offset(), tensor.elements()).cardinality();
      if (layers.contains(tensor.layer())) {
        ranges.add(next).add(end);
      }
      next = end;
    }
    for (ParameterTensor tensor : layout.others()) {
      if (layers.contains(tensor.layer())) {
        ranges.add(next + tensor.offset()).add(next + tensor.end());
      }
    }
    return new FrozenRanges(ranges.build().toArray());
  }

  /**
   * Puts frozen parameters back.
   *
   * @param values parameters from {@code first} on
   * @param before the same ones as they were
   */
  public void putBack(float[] values, float[] before, int first) {
    within(
        first,
        values.length,
        (from, to) -> System.arraycopy(before, from, values, from, to - from));
  }

  /**
   * Sets the velocity of frozen parameters to zero.
   *
   * @param velocity of the parameters from {@code first} on
   */
  public void stop(float[] velocity, int first) {
    within(first, velocity.length, (from, to) -> Arrays.fill(velocity, from, to, 0f));
  }

  private interface Range {
    void accept(int from, int to);
  }

  /** The frozen ranges inside [first, first + length), counted from {@code first}. */
  private void within(int first, int length, Range action) {
    for (int i = 0; i < ranges.length; i += 2) {
      int from = Math.max(ranges[i] - first, 0);
      int to = Math.min(ranges[i + 1] - first, length);
      if (from < to) {
        action.accept(from, to);
      }
    }
  }
}
