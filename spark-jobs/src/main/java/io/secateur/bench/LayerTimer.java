package io.secateur.bench;

import io.secateur.config.LayerKernel;
import io.secateur.kernel.Activations;
import io.secateur.kernel.Arena;
import io.secateur.kernel.Backward;
import io.secateur.kernel.Convolution;
import io.secateur.kernel.ConvolutionBackward;
import io.secateur.kernel.Dense;
import io.secateur.kernel.DenseBackward;
import io.secateur.kernel.Filter;
import io.secateur.kernel.Kernels;
import io.secateur.kernel.Layer;
import io.secateur.kernel.Nesterov;
import io.secateur.kernel.SparseConvolution;
import io.secateur.kernel.SparseConvolutionBackward;
import io.secateur.kernel.SparseDense;
import io.secateur.kernel.SparseDenseBackward;
import io.secateur.kernel.SparseRows;
import io.secateur.kernel.Trained;
import io.secateur.network.NodeKind;
import io.secateur.train.engine.LayerWork;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;

/** One layer by itself, forward and back with its update, on the time of this thread's core. */
final class LayerTimer {
  private static final Nesterov RULE = new Nesterov(1e-4f, 0.9f, 0f, 1e-4f);
  private static final int REPEATS = 7;
  private static final long REPEAT_NANOS = 10_000_000;

  private final Shape shape;
  private final LayerKernel kernel;
  private final int batch;
  private final double density;
  private final float[] memory;
  private final Layer forward;
  private final Backward backward;

  /**
   * A layer to time.
   *
   * @param channels of the input; all inputs of a dense layer
   * @param size of the square image; 1 for a dense layer
   * @param kernel taps of a side; 1 for a dense layer
   * @param outputs channels, or values of a dense layer
   */
  record Shape(NodeKind kind, int channels, int size, int kernel, int outputs) {
    static Shape dense(int inputs, int outputs) {
      return new Shape(NodeKind.DENSE, inputs, 1, 1, outputs);
    }

    static Shape convolution(int channels, int size, int kernel, int outputs) {
      return new Shape(NodeKind.CONVOLUTION, channels, size, kernel, outputs);
    }

    Filter filter() {
      return new Filter(kernel, kernel, 1, 1, 0, 0);
    }

    int map() {
      return size - kernel + 1;
    }

    int inputs() {
      return channels * kernel * kernel;
    }

    LayerWork work() {
      return new LayerWork(kind, outputs, inputs(), map() * map());
    }
  }

  LayerTimer(Kernels kernels, Shape shape, LayerKernel kernel, int batch, double density) {
    this.shape = shape;
    this.kernel = kernel;
    this.batch = batch;
    this.density = density;
    Random random = new Random(1);
    int[] survivors =
        IntStream.range(0, shape.outputs() * shape.inputs())
            .filter(i -> random.nextDouble() < density)
            .toArray();
    Arena arena = new Arena();
    int chunks = (batch + Kernels.BLOCK - 1) / Kernels.BLOCK;
    Activations in;
    Activations out;
    if (shape.kind() == NodeKind.DENSE) {
      in = Activations.flat(arena, chunks, shape.channels(), 1, 1);
      out = Activations.flat(arena, chunks, shape.outputs(), 1, 1);
    } else {
      in = Activations.images(arena, chunks, shape.channels(), shape.size(), shape.size(), 0, 0);
      out = Activations.flat(arena, chunks, shape.outputs(), shape.map() / 2, shape.map() / 2);
    }
    Activations inGradient = in.another(arena);
    Activations outGradient = out.another(arena);
    Trained bias = trained(arena, shape.outputs());
    Trained weights;
    if (kernel == LayerKernel.SPARSE) {
      SparseRows rows = SparseRows.of(shape.outputs(), shape.inputs(), survivors);
      weights = trained(arena, rows.entries());
      if (shape.kind() == NodeKind.DENSE) {
        SparseDense layer = new SparseDense(kernels, arena, in, out, rows, weights, bias, 0f);
        forward = layer;
        backward = new SparseDenseBackward(arena, layer, outGradient, inGradient);
      } else {
        SparseConvolution layer =
            SparseConvolution.pooled(
                kernels, arena, shape.filter(), in, out, rows, weights, bias, 0f);
        forward = layer;
        backward = new SparseConvolutionBackward(arena, layer, outGradient, inGradient);
      }
    } else if (shape.kind() == NodeKind.DENSE) {
      weights = masked(arena, shape.outputs() * Dense.stride(shape.inputs()));
      Dense layer = new Dense(kernels, arena, in, out, weights, bias);
      forward = layer;
      backward = new DenseBackward(arena, layer, outGradient, inGradient);
    } else {
      weights = masked(arena, shape.inputs() * Convolution.stride(shape.outputs()));
      Convolution layer =
          Convolution.pooled(kernels, arena, shape.filter(), in, out, weights, bias, 0f);
      forward = layer;
      backward = new ConvolutionBackward(arena, layer, outGradient, inGradient);
    }
    this.memory = arena.memory();
    for (Activations filled : new Activations[] {in, outGradient}) {
      for (int i = 0; i < filled.length(); i++) {
        memory[filled.first() + i] = random.nextFloat() - 0.5f;
      }
    }
  }

  private static Trained trained(Arena arena, int floats) {
    return new Trained(arena.reserve(floats), arena.reserve(floats), Trained.NO_MASK);
  }

  private static Trained masked(Arena arena, int floats) {
    return new Trained(arena.reserve(floats), arena.reserve(floats), arena.reserve(floats));
  }

  LayerKernel kernel() {
    return kernel;
  }

  int batch() {
    return batch;
  }

  double density() {
    return density;
  }

  LayerWork work() {
    return shape.work();
  }

  /** Nanoseconds of a minibatch: the fastest of some repeats, each many minibatches long. */
  double nanoseconds() {
    int minibatches = 1;
    while (run(minibatches) < REPEAT_NANOS) {
      minibatches *= 2;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      best = Math.min(best, (double) run(minibatches) / minibatches);
    }
    return best;
  }

  private long run(int minibatches) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < minibatches; i++) {
      forward.forward(memory);
      backward.backward(memory, 1f / batch, RULE);
    }
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }
}
