package io.secateur.train.engine;

import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import io.secateur.kernel.KernelProvider;
import io.secateur.kernel.Kernels;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.train.Engine;
import io.secateur.train.LocalTrainer;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import io.secateur.train.WorkerSetup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Our own kernels, for the networks that {@link Coverage} names. Equal bits are promised for a lane
 * width, which the driver decides on: a worker that can't use it fails the job.
 */
public final class NativeEngine implements Engine {
  private static final long serialVersionUID = 1L;

  /** The name in manifests and result files. */
  public static final String ID = "native";

  private final int laneBits;
  private final KernelPolicy policy;

  /** Every layer on the kernel that costs less. */
  public NativeEngine(int laneBits) {
    this(laneBits, KernelPolicy.cheapest(Map.of()));
  }

  /**
   * @param laneBits as {@link KernelProvider#of} takes it
   * @param policy which kernel trains a layer
   */
  public NativeEngine(int laneBits, KernelPolicy policy) {
    this.laneBits = laneBits;
    this.policy = policy;
  }

  /** With the vectors that this process prefers. */
  public static NativeEngine ofThisProcess() {
    return new NativeEngine(KernelProvider.preferredLaneBits());
  }

  @Override
  public String id() {
    return ID;
  }

  /** The width of vectors, in bits; 0 for plain Java. */
  public int laneBits() {
    return laneBits;
  }

  /** Which kernel trains a layer. */
  public KernelPolicy policy() {
    return policy;
  }

  @Override
  public LocalTrainer trainer(WorkerSetup setup) {
    return new NativeTrainer(setup, kernels(), policy);
  }

  @Override
  public Predictor predictor(NetworkDefinition network, NetworkParameters parameters) {
    return new NativePredictor(kernels(), network.topology(), parameters);
  }

  /**
   * The layers of a network from one with weights on, at parameters that are loaded later.
   *
   * @param end the layer with weights that comes after them; null when they go to the end
   */
  public NativeSegment segment(Topology network, String first, String end) {
    return new NativeSegment(
        kernels(), NativeSegment.stretch(network, first, end), Predictor.BATCH);
  }

  /**
   * Checks that this process can compute with this width.
   *
   * @throws ClusterException naming the host when it can't
   */
  public void requireUsable() {
    kernels();
  }

  private Kernels kernels() {
    try {
      return KernelProvider.of(laneBits);
    } catch (UnsupportedOperationException e) {
      throw new ClusterException(
          new Problem(
              "host " + host() + " with " + e.getMessage(),
              "vectors of " + laneBits + " bits on every host of the job",
              "set lane-bits in the job file to what all hosts have, or leave that host out"),
          e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "without a name";
    }
  }
}
