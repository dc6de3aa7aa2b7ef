package io.secateur.prune;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The prunable weights of one layer: a range of global indices.
 *
 * @param layer the layer's name
 * @param from first global index
 * @param length number of weights, 1 or more
 */
public record WeightRange(String layer, int from, int length) {
  /** Refuses a range that is empty or leaves the indices. */
  public WeightRange {
    if (from < 0 || length < 1 || from > Integer.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "found weights %d + %d of layer %s; expected a range of global indices"
              .formatted(from, length, layer));
    }
  }

  /** First global index after the range. */
  public int to() {
    return from + length;
  }

  /** These ranges by their first index. */
  static List<WeightRange> ascending(List<WeightRange> ranges) {
    return ranges.stream().sorted(Comparator.comparingInt(WeightRange::from)).toList();
  }

  /** The layers of a network that have prunable weights, in canonical order. */
  public static List<WeightRange> of(ParameterLayout layout) {
    List<WeightRange> ranges = new ArrayList<>();
    for (ParameterTensor tensor : layout.weights()) {
      int length = tensor.spec().shape().elements();
      if (length == 0) {
        continue;
      }
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).layer().equals(tensor.layer())) {
        WeightRange begun = ranges.get(last);
        ranges.set(last, new WeightRange(begun.layer(), begun.from(), begun.length() + length));
      } else {
        ranges.add(new WeightRange(tensor.layer(), tensor.offset(), length));
      }
    }
    return List.copyOf(ranges);
  }
}
