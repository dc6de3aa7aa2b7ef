package io.secateur.preflight;

import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import java.io.Serializable;

/**
 * What a job asks of the processes that run it; kept small, for it travels to each of them.
 *
 * @param parameters weights and all others of the network
 * @param activations values that all of its layers put out for one minibatch
 * @param partitions workers of the job
 * @param dl4j whether Deeplearning4j computes any part of it
 * @param laneBits width of the native engine's vectors, 0 for plain Java
 */
public record JobNeeds(
    long parameters, long activations, int partitions, boolean dl4j, int laneBits)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What Spark keeps of a heap for itself, and our classes, compiled code's data and buffers. */
  private static final long BASE_BYTES = 400L << 20;

  /** Weights, gradients, momentum, and a round's input and result with weights and momentum. */
  private static final int WORKER_COPIES = 7;

  /** Current and best state, each with momentum, the sum of a round, and the encoded payload. */
  private static final int DRIVER_COPIES = 7;

  /** The needs of a network that is trained in minibatches of so many examples. */
  public static JobNeeds of(
      Topology topology, int batchSize, int partitions, boolean dl4j, int laneBits) {
    ParameterLayout layout = ParameterLayout.of(topology);
    long values = topology.nodes().stream().mapToLong(node -> node.outputShape().elements()).sum();
    return new JobNeeds(layout.parameterCount(), values * batchSize, partitions, dl4j, laneBits);
  }

  /** The needs of a network too small to matter. */
  public static JobNeeds least(int laneBits) {
    return new JobNeeds(0, 0, 1, false, laneBits);
  }

  /**
   * Bytes of heap of a process that runs so many workers at once; without the training rows, which
   * go to disk where memory is short.
   */
  long workerHeapBytes(int workers) {
    return BASE_BYTES + workers * (WORKER_COPIES * parameters + 2 * activations) * Float.BYTES;
  }

  /** Bytes of heap of the driver. */
  long driverHeapBytes() {
    return BASE_BYTES + DRIVER_COPIES * parameters * Float.BYTES;
  }

  /**
   * Bytes that Deeplearning4j keeps outside the heap for so many workers; 0 where it isn't used.
   */
  long offHeapBytes(int workers) {
    return dl4j ? workers * (3 * parameters + 4 * activations) * Float.BYTES : 0;
  }
}
