package io.secateur.network;

import java.util.HashMap;
import java.util.Map;

/** A network forward, one example at a time, straight from the definitions and in doubles. */
final class SlowNetwork {
  private final Topology topology;
  private final NetworkParameters parameters;
  private final Map<String, double[]> values = new HashMap<>();

  SlowNetwork(Topology topology, NetworkParameters parameters) {
    this.topology = topology;
    this.parameters = parameters;
  }

  /** What goes into the softmax at the end, or leaves a network without one. */
  double[] logits(float[] example) {
    for (Node node : topology.nodes()) {
      if (node.kind() == NodeKind.INPUT) {
        double[] scaled = new double[example.length];
        for (int i = 0; i < scaled.length; i++) {
          scaled[i] = example[i] * topology.inputScale();
        }
        values.put(node.name(), scaled);
      } else {
        values.put(node.name(), output(node, in(node, 0)));
      }
    }
    return values.get(topology.output().name());
  }

  /** What left a node for the last example. */
  double[] values(String node) {
    return values.get(node);
  }

  private double[] in(Node node, int number) {
    return values.get(node.inputs().get(number));
  }

  private float[] tensor(String name) {
    return parameters.layout().tensor(name).map(parameters::valuesOf).orElse(null);
  }

  private double[] output(Node node, double[] in) {
    double[] out = new double[node.outputShape().elements()];
    float[] weight = tensor(node.name() + ".weight");
    float[] bias = tensor(node.name() + ".bias");
    switch (node.kind()) {
      case DENSE -> {
        for (int o = 0; o < out.length; o++) {
          out[o] = bias == null ? 0 : bias[o];
          for (int i = 0; i < in.length; i++) {
            out[o] += (double) weight[o * in.length + i] * in[i];
          }
        }
      }
      case CONVOLUTION, MAX_POOL -> slide(node, in, out, weight, bias);
      case RELU -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.max(in[i], 0);
        }
      }
      case ADD -> {
        for (int number = 0; number < node.inputs().size(); number++) {
          double[] one = in(node, number);
          for (int i = 0; i < out.length; i++) {
            out[i] += one[i];
          }
        }
      }
      case BATCH_NORM -> {
        int each = out.length / node.outputShape().dim(0);
        for (int i = 0; i < out.length; i++) {
          int c = i / each;
          double deviation =
              Math.sqrt(tensor(node.name() + ".variance")[c] + node.decimal("epsilon"));
          double normal = (in[i] - tensor(node.name() + ".mean")[c]) / deviation;
          out[i] = tensor(node.name() + ".scale")[c] * normal + tensor(node.name() + ".shift")[c];
        }
      }
      case FLATTEN, DROPOUT, SOFTMAX -> System.arraycopy(in, 0, out, 0, out.length);
      case INPUT, OPAQUE -> throw new AssertionError(node);
    }
    return out;
  }

  private void slide(Node node, double[] in, double[] out, float[] weight, float[] bias) {
    var input = topology.node(node.inputs().get(0)).orElseThrow().outputShape();
    boolean pool = node.kind() == NodeKind.MAX_POOL;
    Window w = node.window();
    int channels = input.dim(0);
    int height = input.dim(1);
    int width = input.dim(2);
    int outputs = node.outputShape().dim(0);
    int rows = node.outputShape().dim(1);
    int columns = node.outputShape().dim(2);
    int groups = pool ? outputs : node.integer("groups");
    int perGroup = channels / groups;
    for (int o = 0; o < outputs; o++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          double sum = pool ? Double.NEGATIVE_INFINITY : bias == null ? 0 : bias[o];
          for (int c = 0; c < perGroup; c++) {
            for (int ky = 0; ky < w.kernelHeight(); ky++) {
              for (int kx = 0; kx < w.kernelWidth(); kx++) {
                int iy = y * w.strideHeight() - w.paddingHeight() + ky;
                int ix = x * w.strideWidth() - w.paddingWidth() + kx;
                if (iy < 0 || iy >= height || ix < 0 || ix >= width) {
                  continue;
                }
                int channel = o / (outputs / groups) * perGroup + c;
                double value = in[(channel * height + iy) * width + ix];
                sum =
                    pool
                        ? Math.max(sum, value)
                        : sum
                            + value
                                * weight[
                                    ((o * perGroup + c) * w.kernelHeight() + ky) * w.kernelWidth()
                                        + kx];
              }
            }
          }
          out[(o * rows + y) * columns + x] = sum;
        }
      }
    }
  }
}
