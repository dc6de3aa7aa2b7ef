package io.secateur.train.dl4j;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
      int offset = tensor.offset();
      for (INDArray view : remove(tensor, views)) {
        int length = Math.toIntExact(view.length());
        segments.add(
            new Segment(tensor.spec().role(), offset, Math.toIntExact(view.offset()), length));
        offset += length;
      }
      if (offset != tensor.end()) {
        throw new IllegalArgumentException(
            "the configuration has no " + tensor.name() + " of " + tensor.elements() + " values");
      }
    }
    if (!views.isEmpty()) {
      throw new IllegalArgumentException("the topology has no " + views.keySet());
    }
    return new FlatLayout(List.copyOf(segments));
  }

  /** A tensor's view, or those of the groups of a convolution, which follow each other in it. */
  private static List<INDArray> remove(ParameterTensor tensor, Map<String, INDArray> views) {
    INDArray whole = views.remove(tensor.name());
    if (whole != null) {
      return List.of(whole);
    }
    String local = tensor.name().substring(tensor.layer().length());
    return Stream.iterate(1, group -> group + 1)
        .map(group -> views.remove(LayerNames.group(tensor.layer(), group) + local))
        .takeWhile(Objects::nonNull)
        .toList();
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

  /**
   * The pieces of tensors in the order in which they lie in DL4J's flattened parameters.
   *
   * @throws IllegalArgumentException when there is something between them
   */
  List<TensorPiece> pieces(ParameterLayout layout) {
    List<TensorPiece> pieces = new ArrayList<>();
    int flat = 0;
    for (Segment segment : inFlatOrder(this)) {
      if (segment.flatOffset() != flat) {
        throw new IllegalArgumentException("the configuration has parameters that nobody owns");
      }
      flat += segment.length();
      List<ParameterTensor> arena =
          segment.role() == Role.WEIGHT ? layout.weights() : layout.others();
      ParameterTensor tensor =
          arena.stream()
              .filter(
                  one -> one.offset() <= segment.arenaOffset() && segment.arenaOffset() < one.end())
              .findFirst()
              .orElseThrow();
      pieces.add(
          new TensorPiece(tensor, segment.arenaOffset() - tensor.offset(), segment.length()));
    }
    return pieces;
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
