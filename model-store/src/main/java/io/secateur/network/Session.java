package io.secateur.network;

import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import java.util.function.ObjIntConsumer;

/**
 * The values that one thread predicts with; the weights are the network's. Not thread-safe.
 *
 * <p>Any number of examples may be given at once. A few are computed one by one, more of them 16
 * side by side and up to {@value #CHUNKS} such chunks together.
 */
public final class Session {
  private static final int CHUNK = 16;
  private static final int CHUNKS = 4;

  /**
   * So many examples cost less one by one than side by side: a convolution's pixels fill vectors.
   */
  private static final int FEW_IMAGES = 7;

  private static final int FEW_ROWS = 2;

  /** What the values of all chunks may take, in floats, unless one chunk takes more. */
  private static final long LIMIT = 1L << 25;

  private final Topology topology;
  private final PredictionPlan plan;
  private final Kernels kernels;
  private final int inputs;
  private final int outputs;
  private final float scale;
  private final int few;
  private final int mostChunks;
  private final Pass[] ofChunks;
  private final ObjIntConsumer<Memory> observer;
  private Pass ofOne;
  private float[] scratch = {};

  /**
   * @param observer sees the values of each pass, and how many examples they are of
   */
  Session(
      Topology topology, PredictionPlan plan, Kernels kernels, ObjIntConsumer<Memory> observer) {
    this.topology = topology;
    this.plan = plan;
    this.kernels = kernels;
    this.observer = observer;
    this.inputs = topology.inputShape().elements();
    this.outputs = topology.output().outputShape().elements();
    this.scale = (float) topology.inputScale();
    this.few =
        topology.nodes().stream().anyMatch(node -> node.kind() == NodeKind.CONVOLUTION)
            ? FEW_IMAGES
            : FEW_ROWS;
    long places = plan.planes().stream().mapToLong(Plane::length).sum();
    this.mostChunks = (int) Math.max(1, Math.min(CHUNKS, LIMIT / Math.max(1, CHUNK * places)));
    this.ofChunks = new Pass[mostChunks];
  }

  /** The steps over values of their own. */
  private static final class Pass {
    final Memory memory;
    final float[] arena;
    private final Layer[] steps;

    Pass(PredictionPlan plan, Kernels kernels, Memory memory) {
      this.memory = memory;
      this.steps =
          plan.steps().stream().map(step -> step.bind(memory, kernels)).toArray(Layer[]::new);
      this.arena = memory.arena().memory();
    }

    void run() {
      for (Layer step : steps) {
        step.forward(arena);
      }
    }
  }

  /**
   * The logits of a batch.
   *
   * @param examples [count][inputs] raw values; what follows is not read
   * @param count at least 0
   * @param logits receives [count][outputs]
   * @throws IllegalArgumentException when an array is too short for the examples, or a single
   *     example has another length than the network's inputs
   */
  public void logits(float[] examples, int count, float[] logits) {
    requireFit(examples, count, logits.length, outputs);
    int done = 0;
    while (done < count) {
      int next = Math.min(count - done, mostChunks * CHUNK);
      if (next <= few) {
        one(examples, done, logits);
        done++;
      } else {
        chunks(examples, done, next, logits);
        done += next;
      }
    }
  }

  /**
   * The probabilities of the classes of a batch: softmax of the logits.
   *
   * @param examples [count][inputs] raw values
   * @param probabilities receives [count][outputs]
   * @throws IllegalArgumentException as {@link #logits} does
   * @throws UnsupportedOperationException when the network is not a classifier
   */
  public void probabilities(float[] examples, int count, float[] probabilities) {
    if (topology.output().kind() != NodeKind.SOFTMAX) {
      throw new UnsupportedOperationException(
          "no probabilities: the network ends in " + topology.output());
    }
    logits(examples, count, probabilities);
    for (int example = 0; example < count; example++) {
      softmax(probabilities, example * outputs);
    }
  }

  /**
   * The classes of a batch: for each example the first of the largest logits.
   *
   * @param examples [count][inputs] raw values
   * @param labels receives [count]
   * @throws IllegalArgumentException as {@link #logits} does
   */
  public void labels(float[] examples, int count, int[] labels) {
    requireFit(examples, count, labels.length, 1);
    if (scratch.length < Math.multiplyExact(count, outputs)) {
      scratch = new float[count * outputs];
    }
    logits(examples, count, scratch);
    for (int example = 0; example < count; example++) {
      labels[example] = largest(scratch, example * outputs);
    }
  }

  private void requireFit(float[] examples, int count, int room, int each) {
    if (count < 0
        || examples.length < (long) count * inputs
        || (count == 1 && examples.length != inputs)
        || room < (long) count * each) {
      throw new IllegalArgumentException(
          "%d examples of %s are %d values, found %d, with room for %d results"
              .formatted(
                  count,
                  topology.inputShape(),
                  (long) count * inputs,
                  examples.length,
                  room / each));
    }
  }

  private void one(float[] examples, int example, float[] logits) {
    if (ofOne == null) {
      ofOne = new Pass(plan, kernels, Memory.ofOneExample(plan.planes()));
    }
    Memory memory = ofOne.memory;
    int slot = plan.slotOf(topology.input());
    Plane plane = memory.plane(slot);
    float[] values = ofOne.arena;
    int start = memory.start(slot, 0);
    int from = example * inputs;
    for (int channel = 0; channel < plane.channels; channel++) {
      for (int y = 0; y < plane.height; y++) {
        int place = plane.place(channel, y, 0);
        for (int x = 0; x < plane.width; x++) {
          values[start + place + x] = examples[from++] * scale;
        }
      }
    }
    ofOne.run();
    observer.accept(memory, 1);
    int last = plan.slotOf(topology.output());
    for (int i = 0; i < outputs; i++) {
      logits[example * outputs + i] = values[memory.at(last, 0, memory.plane(last).placeOf(i))];
    }
  }

  private void chunks(float[] examples, int first, int count, float[] logits) {
    int chunks = (count + CHUNK - 1) / CHUNK;
    if (ofChunks[chunks - 1] == null) {
      ofChunks[chunks - 1] = new Pass(plan, kernels, Memory.ofChunks(plan.planes(), chunks));
    }
    Pass pass = ofChunks[chunks - 1];
    Memory memory = pass.memory;
    int slot = plan.slotOf(topology.input());
    for (int chunk = 0; chunk < chunks; chunk++) {
      int row = first + chunk * CHUNK;
      fill(pass.arena, memory, slot, chunk, examples, row, Math.min(CHUNK, first + count - row));
    }
    pass.run();
    observer.accept(memory, count);
    int last = plan.slotOf(topology.output());
    Plane plane = memory.plane(last);
    float[] values = pass.arena;
    for (int i = 0; i < outputs; i++) {
      int place = plane.placeOf(i);
      for (int example = 0; example < count; example++) {
        int at = memory.at(last, example / CHUNK, place) + example % CHUNK;
        logits[(first + example) * outputs + i] = values[at];
      }
    }
  }

  private void fill(
      float[] values, Memory memory, int slot, int chunk, float[] examples, int row, int lanes) {
    Plane plane = memory.plane(slot);
    int step = memory.step(slot);
    int pixel = 0;
    for (int channel = 0; channel < plane.channels; channel++) {
      for (int y = 0; y < plane.height; y++) {
        int at = memory.at(slot, chunk, plane.place(channel, y, 0));
        for (int x = 0; x < plane.width; x++) {
          int from = row * inputs + pixel++;
          for (int lane = 0; lane < lanes; lane++) {
            values[at + lane] = examples[from + lane * inputs] * scale;
          }
          at += step;
        }
      }
    }
  }

  private void softmax(float[] values, int from) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + outputs; i++) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + outputs; i++) {
      sum += Math.exp((double) values[i] - largest);
    }
    for (int i = from; i < from + outputs; i++) {
      values[i] = (float) (Math.exp((double) values[i] - largest) / sum);
    }
  }

  private int largest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
