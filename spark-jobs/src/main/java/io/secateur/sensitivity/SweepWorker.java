package io.secateur.sensitivity;

import io.secateur.data.LabelledImages;
import io.secateur.data.PartitionData;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.train.Evaluator;
import io.secateur.train.Predictor;
import io.secateur.train.engine.NativeSegment;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an executor keeps of a sweep: the activations that enter each layer, batch by batch. Each is
 * computed once, by the first task that needs it, from those that enter the layer before; tasks
 * begin at different batches, so that they seldom wait for each other.
 */
final class SweepWorker {
  private static final Map<UUID, SweepWorker> WORKERS = new ConcurrentHashMap<>();
  private static final String TO_THE_END = null;

  private final SweepSubject subject;
  private final NetworkParameters parameters;
  private final List<String> layers;
  private final int batches;
  private final float[][][] entering;
  private final Object[][] locks;
  private final Map<String, Queue<NativeSegment>> idle = new ConcurrentHashMap<>();
  private PartitionData trainingRows;
  private final AtomicInteger begun = new AtomicInteger();

  private SweepWorker(SweepSubject subject) {
    this.subject = subject;
    this.parameters = subject.parameters();
    this.layers = subject.layers();
    this.batches = (subject.rows().count() - 1) / Predictor.BATCH + 1;
    this.entering = new float[layers.size()][batches][];
    this.locks = new Object[layers.size()][batches];
    for (Object[] ofLayer : locks) {
      for (int batch = 0; batch < batches; batch++) {
        ofLayer[batch] = new Object();
      }
    }
  }

  /** The worker of this process. */
  static SweepWorker of(SweepSubject subject) {
    return WORKERS.computeIfAbsent(subject.id(), id -> new SweepWorker(subject));
  }

  /** Forgets a sweep that is over; executors end with their application, this process may go on. */
  static void discard(SweepSubject subject) {
    WORKERS.remove(subject.id());
  }

  /** Counts the errors of the network with one layer cut. */
  long errors(SweepCell cell) {
    return subject.retraining() == null ? cutErrors(cell) : retrainedErrors(cell);
  }

  private long retrainedErrors(SweepCell cell) {
    NetworkParameters retrained = subject.retraining().of(cut(cell), trainingRows());
    return Evaluator.evaluate(subject.engine(), subject.network(), retrained, subject.rows())
        .errors();
  }

  /** Read once, by the first task that needs them. */
  private synchronized PartitionData trainingRows() {
    if (trainingRows == null) {
      trainingRows = subject.retraining().read();
    }
    return trainingRows;
  }

  private long cutErrors(SweepCell cell) {
    int layer = cell.layer();
    NativeSegment rest = borrow(layer, TO_THE_END);
    rest.load(cut(cell));
    float[] predicted = new float[Predictor.BATCH * rest.outputs()];
    int first = begun.getAndIncrement() * 7;
    long errors = 0;
    for (int i = 0; i < batches; i++) {
      int batch = (int) ((first + (long) i) % batches);
      int count = count(batch);
      rest.predict(entering(layer, batch), count, predicted);
      for (int row = 0; row < count; row++) {
        int label = subject.rows().label(batch * Predictor.BATCH + row);
        if (Evaluator.largest(predicted, row * rest.outputs(), rest.outputs()) != label) {
          errors++;
        }
      }
    }
    giveBack(layer, TO_THE_END, rest);
    return errors;
  }

  private NetworkParameters cut(SweepCell cell) {
    String name = layers.get(cell.layer());
    NetworkParameters cut =
        NetworkParameters.wrapping(
            parameters.layout(), parameters.weights().clone(), parameters.others());
    int place = 0;
    for (ParameterTensor tensor : parameters.layout().weights()) {
      if (tensor.layer().equals(name)) {
        for (int i = 0; i < tensor.elements(); i++) {
          if (!cell.survivors().get(place + i)) {
            cut.weights()[tensor.offset() + i] = 0;
          }
        }
        place += tensor.elements();
      }
    }
    return cut;
  }

  private int count(int batch) {
    return Math.min(Predictor.BATCH, subject.rows().count() - batch * Predictor.BATCH);
  }

  /** The activations that enter a layer, packed for it. */
  private float[] entering(int layer, int batch) {
    synchronized (locks[layer][batch]) {
      if (entering[layer][batch] == null) {
        float[] values = layer == 0 ? pixels(batch) : through(layer - 1, batch);
        NativeSegment rest = borrow(layer, TO_THE_END);
        entering[layer][batch] = rest.packed(values, count(batch));
        giveBack(layer, TO_THE_END, rest);
      }
      return entering[layer][batch];
    }
  }

  private float[] pixels(int batch) {
    LabelledImages rows = subject.rows();
    float[] features = new float[Predictor.BATCH * rows.pixelsPerRow()];
    rows.fill(batch * Predictor.BATCH, count(batch), features, new int[Predictor.BATCH]);
    return features;
  }

  /** What leaves a layer that is not cut, with all that comes before the next: [rows][values]. */
  private float[] through(int layer, int batch) {
    float[] in = entering(layer, batch);
    String next = layers.get(layer + 1);
    NativeSegment segment = borrow(layer, next);
    segment.load(parameters);
    float[] out = new float[Predictor.BATCH * segment.outputs()];
    segment.values(in, count(batch), out);
    giveBack(layer, next, segment);
    return out;
  }

  private NativeSegment borrow(int layer, String end) {
    NativeSegment segment = idle(layer, end).poll();
    return segment == null
        ? subject.engine().segment(subject.topology(), layers.get(layer), end)
        : segment;
  }

  private void giveBack(int layer, String end, NativeSegment segment) {
    idle(layer, end).add(segment);
  }

  private Queue<NativeSegment> idle(int layer, String end) {
    return idle.computeIfAbsent(layer + " " + end, key -> new ConcurrentLinkedQueue<>());
  }
}
