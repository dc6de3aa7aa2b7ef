package io.secateur.train.dl4j;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where each canonical tensor lies in DL4J's flattened parameters, and in its flattened gradients.
 */
final class FlatLayout {
  private final List<Segment> segments;

  /**
   * @param arenaOffset in the arena of weights or of others
   * @param flatOffset in DL4J's flattened array
   */
  private record Segment(Role role, int arenaOffset, int flatOffset, int length) {}

  private FlatLayout(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * The layout of an initialised network.
   *
   * @throws IllegalArgumentException when the two don't have the same parameters
   */
  static FlatLayout of(Dl4jModel network, ParameterLayout layout) {
    Map<String, INDArray> views = network.views();
    List<Segment> segments = new ArrayList<>();
    for (ParameterTensor tensor : layout.tensors()) {
      INDArray view = views.remove(tensor.name());
      if (view == null || view.length() != tensor.elements()) {
        throw new IllegalArgumentException(
            "the configuration has no " + tensor.name() + " of " + tensor.elements() + " values");
      }
      segments.add(
          new Segment(
              tensor.spec().role(),
              tensor.offset(),
              Math.toIntExact(view.offset()),
              tensor.elements()));
    }
    if (!views.isEmpty()) {
      throw new IllegalArgumentException("the topology has no " + views.keySet());
    }
    return new FlatLayout(List.copyOf(segments));
  }

  /**
   * The same for the state of the network's updater, which is Nesterov's for all trained
   * parameters: one velocity each, in the order of the flattened parameters; statistics have none.
   */
  static FlatLayout ofVelocity(Dl4jModel network, ParameterLayout layout) {
    List<Segment> segments = new ArrayList<>();
    int offset = 0;
    for (Segment segment : inFlatOrder(of(network, layout))) {
      if (segment.role() != Role.STATISTIC) {
        segments.add(new Segment(segment.role(), segment.arenaOffset(), offset, segment.length()));
        offset += segment.length();
      }
    }
    return new FlatLayout(List.copyOf(segments));
  }

  private static List<Segment> inFlatOrder(FlatLayout layout) {
    return layout.segments.stream().sorted(Comparator.comparing(Segment::flatOffset)).toList();
  }

  /** Canonical arenas to DL4J. */
  void write(float[] weights, float[] others, FloatPointer flat) {
    for (Segment segment : segments) {
      float[] arena = segment.role() == Role.WEIGHT ? weights : others;
      flat.position(segment.flatOffset()).put(arena, segment.arenaOffset(), segment.length());
    }
    flat.position(0);
  }

  /** DL4J to canonical arenas. */
  void read(FloatPointer flat, float[] weights, float[] others) {
    for (Segment segment : segments) {
      float[] arena = segment.role() == Role.WEIGHT ? weights : others;
      flat.position(segment.flatOffset()).get(arena, segment.arenaOffset(), segment.length());
    }
    flat.position(0);
  }

  /** Ranges [from, to) of the others that have this role, one after the other. */
  int[][] rangesOf(Role role) {
    return segments.stream()
        .filter(segment -> segment.role() == role)
        .map(segment -> new int[] {segment.arenaOffset(), segment.arenaOffset() + segment.length()})
        .toArray(int[][]::new);
  }
}
