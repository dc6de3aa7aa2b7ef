package io.secateur.train.engine;

import io.secateur.config.LayerKernel;
import io.secateur.kernel.Arena;
import io.secateur.kernel.Convolution;
import io.secateur.kernel.Dense;
import io.secateur.kernel.SparseRows;
import io.secateur.kernel.Trained;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Mask;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the canonical parameters lie in the arena: values, then velocity, then the mask of pruned
 * weights in dense tensors, three ranges of the same order. A sparse tensor takes the places of its
 * survivors. Survivors are copied run by run.
 */
final class ParameterMap {
  /** Shorter runs are copied by hand. */
  private static final int SHORT = 16;

  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, SparseRows> sparse = new HashMap<>();
  private final Runs weights = new Runs();
  private final Runs others = new Runs();
  private final int toVelocity;
  private final int toMask;
  private final int survivors;
  private final int otherCount;

  /** Reserves the ranges. */
  static ParameterMap trained(Arena arena, ParameterLayout layout, Mask mask, KernelPlan plan) {
    return new ParameterMap(arena, layout, mask, plan);
  }

  /** Reserves the values alone, of all weights. */
  static ParameterMap fixed(Arena arena, ParameterLayout layout) {
    return new ParameterMap(arena, layout, Mask.full(layout.weightCount()), null);
  }

  private ParameterMap(Arena arena, ParameterLayout layout, Mask mask, KernelPlan plan) {
    this.survivors = mask.cardinality();
    this.otherCount = layout.otherCount();
    boolean masked = false;
    for (ParameterTensor tensor : layout.weights()) {
      if (plan != null) {
        Mask own = mask.slice(tensor.offset(), tensor.elements());
        if (plan.of(tensor.layer()).kernel() == LayerKernel.SPARSE) {
          sparse.put(tensor.name(), rowsOf(tensor, own));
        } else {
          masked |= own.cardinality() < own.length();
        }
      }
    }
    int first = -1;
    int length = 0;
    for (ParameterTensor tensor : layout.tensors()) {
      int floats = floatsOf(tensor);
      int place = arena.reserve(floats);
      places.put(tensor.name(), place);
      first = first < 0 ? place : first;
      length = place + Arena.padded(floats) - first;
    }
    this.toVelocity = plan != null ? arena.reserve(length) - first : 0;
    this.toMask = masked ? arena.reserve(length) - first : 0;
    int next = 0;
    for (ParameterTensor tensor : layout.weights()) {
      next =
          sparse.containsKey(tensor.name())
              ? addRows(tensor, next)
              : addSurvivors(tensor, mask, next);
    }
    for (ParameterTensor tensor : layout.others()) {
      others.add(tensor.offset(), places.get(tensor.name()), tensor.elements());
    }
  }

  private static SparseRows rowsOf(ParameterTensor tensor, Mask mask) {
    int outputs = tensor.shape().dim(0);
    return SparseRows.of(outputs, tensor.elements() / outputs, mask.indices());
  }

  private int floatsOf(ParameterTensor tensor) {
    if (sparse.containsKey(tensor.name())) {
      return sparse.get(tensor.name()).entries();
    }
    int[] dims = tensor.shape().toArray();
    if (!tensor.isPrunable()) {
      return tensor.elements();
    }
    return tensor.kind() == NodeKind.DENSE
        ? Math.multiplyExact(dims[0], Dense.stride(dims[1]))
        : Math.multiplyExact(tensor.elements() / dims[0], Convolution.stride(dims[0]));
  }

  /** A row's survivors are neighbours in mask order and here. */
  private int addRows(ParameterTensor tensor, int firstSurvivor) {
    SparseRows rows = sparse.get(tensor.name());
    int place = places.get(tensor.name());
    int next = firstSurvivor;
    for (int row = 0; row < rows.rows(); row++) {
      weights.add(next, place + rows.start(row), rows.count(row));
      next += rows.count(row);
    }
    return next;
  }

  private int addSurvivors(ParameterTensor tensor, Mask mask, int firstSurvivor) {
    int place = places.get(tensor.name());
    int outputs = tensor.shape().dim(0);
    int taps = tensor.elements() / outputs;
    // a dense W is [output][input], a convolution's is [tap][output]
    boolean dense = tensor.kind() == NodeKind.DENSE;
    int outputStep = dense ? Dense.stride(taps) : 1;
    int tapStep = dense ? 1 : Convolution.stride(outputs);
    int next = firstSurvivor;
    for (int output = 0; output < outputs; output++) {
      int row = tensor.offset() + output * taps;
      for (int tap = 0; tap < taps; tap++) {
        if (mask.get(row + tap)) {
          weights.add(next++, place + output * outputStep + tap * tapStep, 1);
        }
      }
    }
    return next;
  }

  /** A tensor as the kernels know it. */
  Trained tensor(String name) {
    int values = places.get(name);
    boolean masked = toMask != 0 && !sparse.containsKey(name);
    return new Trained(values, values + toVelocity, masked ? values + toMask : Trained.NO_MASK);
  }

  /** The survivors of a tensor that a sparse kernel runs; null of any other. */
  SparseRows rows(String name) {
    return sparse.get(name);
  }

  /** A bias, which is never pruned. */
  Trained bias(String name) {
    int values = places.get(name);
    return new Trained(values, values + toVelocity, Trained.NO_MASK);
  }

  int survivors() {
    return survivors;
  }

  int otherCount() {
    return otherCount;
  }

  /** Marks the survivors, once, when the arena is there. */
  void writeMask(float[] arena) {
    if (toMask != 0) {
      weights.fill(arena, toMask, 1f);
    }
  }

  void putValues(float[] survivingWeights, float[] otherValues, float[] arena) {
    weights.put(survivingWeights, 0, arena, 0);
    others.put(otherValues, 0, arena, 0);
  }

  /** Of the weights, then of the others. */
  void putVelocity(float[] velocity, float[] arena) {
    weights.put(velocity, 0, arena, toVelocity);
    others.put(velocity, survivors, arena, toVelocity);
  }

  float[] weights(float[] arena) {
    float[] values = new float[survivors];
    weights.get(arena, 0, values, 0);
    return values;
  }

  float[] others(float[] arena) {
    float[] values = new float[otherCount];
    others.get(arena, 0, values, 0);
    return values;
  }

  float[] velocity(float[] arena) {
    float[] values = new float[survivors + otherCount];
    weights.get(arena, toVelocity, values, 0);
    others.get(arena, toVelocity, values, survivors);
    return values;
  }

  /** Ranges that are contiguous on both sides: (canonical, arena, length). */
  private static final class Runs {
    private int[] runs = new int[48];
    private int end;

    void add(int canonical, int arena, int length) {
      if (length == 0) {
        return;
      }
      boolean follows =
          end > 0
              && runs[end - 3] + runs[end - 1] == canonical
              && runs[end - 2] + runs[end - 1] == arena;
      if (follows) {
        runs[end - 1] += length;
        return;
      }
      if (end == runs.length) {
        runs = java.util.Arrays.copyOf(runs, 2 * end);
      }
      runs[end++] = canonical;
      runs[end++] = arena;
      runs[end++] = length;
    }

    void put(float[] canonical, int offset, float[] arena, int shift) {
      for (int run = 0; run < end; run += 3) {
        copy(canonical, runs[run] + offset, arena, runs[run + 1] + shift, runs[run + 2]);
      }
    }

    void get(float[] arena, int shift, float[] canonical, int offset) {
      for (int run = 0; run < end; run += 3) {
        copy(arena, runs[run + 1] + shift, canonical, runs[run] + offset, runs[run + 2]);
      }
    }

    void fill(float[] arena, int shift, float value) {
      for (int run = 0; run < end; run += 3) {
        int from = runs[run + 1] + shift;
        java.util.Arrays.fill(arena, from, from + runs[run + 2], value);
      }
    }

    private static void copy(float[] source, int from, float[] target, int to, int length) {
      if (length >= SHORT) {
        System.arraycopy(source, from, target, to, length);
        return;
      }
      for (int i = 0; i < length; i++) {
        target[to + i] = source[from + i];
      }
    }
  }
}
