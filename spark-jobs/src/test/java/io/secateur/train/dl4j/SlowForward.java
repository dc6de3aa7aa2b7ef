package io.secateur.train.dl4j;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Shape;

/**
 * One example through a chain of nodes in double precision, by the definitions and nothing else.
 */
final class SlowForward {
  private final NetworkParameters parameters;

  SlowForward(NetworkParameters parameters) {
    this.parameters = parameters;
  }

  double[] predict(Iterable<Node> chain, double[] input) {
    double[] x = input;
    Shape shape = null;
    for (Node node : chain) {
      x = apply(node, x, shape);
      shape = node.outputShape();
    }
    return x;
  }

  private double[] apply(Node node, double[] x, Shape in) {
    return switch (node.kind()) {
      case INPUT, FLATTEN, DROPOUT -> x;
      case DENSE -> dense(node, x);
      case CONVOLUTION -> convolution(node, x, in);
      case MAX_POOL -> maxPool(node, x, in);
      case RELU -> java.util.Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
      case SOFTMAX -> {
        double sum = java.util.Arrays.stream(x).map(Math::exp).sum();
        yield java.util.Arrays.stream(x).map(value -> Math.exp(value) / sum).toArray();
      }
      case ADD, BATCH_NORM, OPAQUE -> throw new IllegalArgumentException(node.toString());
    };
  }

  private float[] values(Node node, String parameter) {
    ParameterTensor tensor =
        parameters.layout().tensor(node.name() + "." + parameter).orElseThrow();
    return parameters.valuesOf(tensor);
  }

  private double[] dense(Node node, double[] x) {
    float[] w = values(node, "weight");
    float[] b = values(node, "bias");
    double[] y = new double[b.length];
    for (int out = 0; out < y.length; out++) {
      y[out] = b[out];
      for (int in = 0; in < x.length; in++) {
        y[out] += (double) w[out * x.length + in] * x[in];
      }
    }
    return y;
  }

  private double[] convolution(Node node, double[] x, Shape in) {
    float[] w = values(node, "weight");
    float[] b = values(node, "bias");
    Shape out = node.outputShape();
    int channels = in.dim(0);
    int kh = node.window().kernelHeight();
    int kw = node.window().kernelWidth();
    double[] y = new double[out.elements()];
    for (int o = 0; o < out.dim(0); o++) {
      for (int row = 0; row < out.dim(1); row++) {
        for (int column = 0; column < out.dim(2); column++) {
          double sum = b[o];
          for (int c = 0; c < channels; c++) {
            for (int i = 0; i < kh; i++) {
              for (int j = 0; j < kw; j++) {
                double pixel = x[(c * in.dim(1) + row + i) * in.dim(2) + column + j];
                sum += w[((o * channels + c) * kh + i) * kw + j] * pixel;
              }
            }
          }
          y[(o * out.dim(1) + row) * out.dim(2) + column] = sum;
        }
      }
    }
    return y;
  }

  private static double[] maxPool(Node node, double[] x, Shape in) {
    Shape out = node.outputShape();
    double[] y = new double[out.elements()];
    for (int c = 0; c < out.dim(0); c++) {
      for (int row = 0; row < out.dim(1); row++) {
        for (int column = 0; column < out.dim(2); column++) {
          double max = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < node.window().kernelHeight(); i++) {
            for (int j = 0; j < node.window().kernelWidth(); j++) {
              int y0 = row * node.window().strideHeight() + i;
              int x0 = column * node.window().strideWidth() + j;
              max = Math.max(max, x[(c * in.dim(1) + y0) * in.dim(2) + x0]);
            }
          }
          y[(c * out.dim(1) + row) * out.dim(2) + column] = max;
        }
      }
    }
    return y;
  }
}
