package io.secateur.network;

import io.secateur.error.UsageException;
import io.secateur.kernel.KernelProvider;
import io.secateur.kernel.Kernels;
import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * A pruned network that predicts, by {@link io.secateur.kernel} alone: no Spark, ND4J or Hadoop.
 * Immutable and thread-safe; weights are held once, whatever the number of threads, and a layer's
 * pruned weights are neither held nor multiplied.
 *
 * <p>Inputs are raw values, as the data has them (pixels from 0 to 255): they are scaled as the
 * topology says. <em>Logits</em> are what goes into the softmax, or what leaves a network without
 * one.
 *
 * <p>The methods here are for single examples and borrow a {@link Session} that is free, so that
 * there are as many as threads at one time. A thread that predicts much, or batches, keeps a
 * session of its own, which allocates nothing while it predicts.
 *
 * <p>Single examples and batches add in another order, as do JVMs without the module {@code
 * jdk.incubator.vector}: their logits agree to about 1e-5 of the largest, not to the bit.
 */
public final class SparseNetwork {
  private final Topology topology;
  private final PredictionPlan plan;
  private final Kernels kernels;
  private final ConcurrentLinkedDeque<Session> free = new ConcurrentLinkedDeque<>();

  private SparseNetwork(Topology topology, PredictionPlan plan, Kernels kernels) {
    this.topology = topology;
    this.plan = plan;
    this.kernels = kernels;
  }

  /**
   * A network whose tensors are read one after the other, each once.
   *
   * @throws UsageException naming every layer of a kind that is not known here
   */
  public static SparseNetwork of(Topology topology, TensorReader tensors) {
    return of(topology, tensors, LayerForm.AUTO);
  }

  /**
   * A network with all layers in one form.
   *
   * @throws UsageException naming every layer of a kind that is not known here
   */
  public static SparseNetwork of(Topology topology, TensorReader tensors, LayerForm form) {
    return of(topology, tensors, form, KernelProvider.ofThisProcess());
  }

  static SparseNetwork of(
      Topology topology, TensorReader tensors, LayerForm form, Kernels kernels) {
    return new SparseNetwork(topology, PredictionPlan.of(topology, tensors, form), kernels);
  }

  /**
   * A network at these parameters, which are copied.
   *
   * @throws UsageException naming every layer of a kind that is not known here
   */
  public static SparseNetwork of(Topology topology, NetworkParameters parameters) {
    ParameterLayout layout = parameters.layout();
    return of(
        topology,
        spec ->
            DenseTensor.wrapping(
                spec.shape(), parameters.valuesOf(layout.tensor(spec.name()).orElseThrow())));
  }

  /** The network's nodes. */
  public Topology topology() {
    return topology;
  }

  /** The shape of one example, as in [1, 28, 28]; its values are given row-major. */
  public Shape inputShape() {
    return topology.inputShape();
  }

  /** Values of one example. */
  public int inputs() {
    return topology.inputShape().elements();
  }

  /** Values that leave the network for one example: classes, behind a softmax. */
  public int outputs() {
    return topology.output().outputShape().elements();
  }

  /** Whether there is a softmax at the end, and so probabilities. */
  public boolean isClassifier() {
    return topology.output().kind() == NodeKind.SOFTMAX;
  }

  /** How each layer with weights is run, in canonical order. */
  public List<LayerPlan> layers() {
    return List.copyOf(plan.layers());
  }

  /** What the weights and their places take in memory, in bytes. */
  public long weightBytes() {
    return plan.layers().stream().mapToLong(LayerPlan::bytes).sum();
  }

  /** Bits of a vector in this process; 0 when predictions are computed in plain Java. */
  public int laneBits() {
    return kernels.laneBits();
  }

  /**
   * The logits of one example.
   *
   * @param example {@link #inputs()} raw values
   * @return a fresh array of {@link #outputs()} values
   * @throws IllegalArgumentException when the example has another length
   */
  public float[] logits(float[] example) {
    return borrowing(
        session -> {
          float[] logits = new float[outputs()];
          session.logits(example, 1, logits);
          return logits;
        });
  }

  /**
   * The probabilities of the classes of one example.
   *
   * @param example {@link #inputs()} raw values
   * @return a fresh array of {@link #outputs()} values whose sum is 1
   * @throws IllegalArgumentException when the example has another length
   * @throws UnsupportedOperationException when the network is not a classifier
   */
  public float[] probabilities(float[] example) {
    return borrowing(
        session -> {
          float[] probabilities = new float[outputs()];
          session.probabilities(example, 1, probabilities);
          return probabilities;
        });
  }

  /**
   * The class of one example: the first of the largest logits.
   *
   * @param example {@link #inputs()} raw values
   * @throws IllegalArgumentException when the example has another length
   */
  public int label(float[] example) {
    return borrowing(
        session -> {
          int[] label = new int[1];
          session.labels(example, 1, label);
          return label[0];
        });
  }

  /** A session for one thread. */
  public Session session() {
    return session((values, examples) -> {});
  }

  Session session(ObjIntConsumer<Memory> observer) {
    return new Session(topology, plan, kernels, observer);
  }

  /** Counts activations, for one thread. */
  public ActivationProbe probe() {
    return new ActivationProbe(this, plan);
  }

  private <T> T borrowing(Function<Session, T> predict) {
    Session borrowed = free.pollFirst();
    Session session = borrowed == null ? session() : borrowed;
    T result = predict.apply(session);
    // one that failed is left to the collector
    free.addFirst(session);
    return result;
  }

  /** As in {@code SparseNetwork of 3 layers, 22184 of 266200 weights}. */
  @Override
  public String toString() {
    long weights = plan.layers().stream().mapToLong(LayerPlan::weights).sum();
    long surviving = plan.layers().stream().mapToLong(LayerPlan::surviving).sum();
    return "SparseNetwork of "
        + plan.layers().size()
        + " layers, "
        + surviving
        + " of "
        + weights
        + " weights";
  }
}
