package io.secateur.kernel;

import java.util.Arrays;

/**
 * The gradients of a convolution, of its pool and its ReLU.
 *
 * <p>dW: the gradient of the map is turned to [pixel][example][output], so that a product has the
 * examples of a row of pixels as its terms, kernel columns as rows and outputs as columns; the sum
 * over rows and chunks stays in the arena. dx: see {@link InputGradient}.
 */
public final class ConvolutionBackward implements Backward {
  private final Kernels kernels;
  private final Convolution layer;
  private final Activations outGradient;
  private final Activations map;
  private final BiasBackward bias;
  private final InputGradient input;
  private final int stride;
  private final int gradient;
  private final int gradientLength;
  private final int turned;
  private final int turnedLength;
  private final Product toWeights;

  /**
   * @param outGradient of the layer's output; overwritten when the layer has a ReLU
   * @param inGradient images; null when nobody reads it
   */
  public ConvolutionBackward(
      Arena arena, Convolution layer, Activations outGradient, Activations inGradient) {
    this.kernels = layer.kernels();
    this.layer = layer;
    this.outGradient = outGradient;
    Filter filter = layer.filter();
    Activations in = layer.in();
    int outputs = layer.out().channels();
    int height = layer.mapHeight();
    int width = layer.mapWidth();
    this.stride = Convolution.stride(outputs);
    this.bias = new BiasBackward(kernels, arena, layer.bias(), outGradient);
    this.gradientLength = in.channels() * filter.taps() * stride;
    this.gradient = arena.reserve(gradientLength);
    this.turnedLength = height * width * Kernels.BLOCK * stride;
    this.turned = arena.reserve(turnedLength);
    if (layer.places() == null || inGradient == null) {
      this.map = outGradient;
    } else {
      this.map = Activations.images(arena, in.chunks(), outputs, height, width, 0, 0);
    }
    this.input = inGradient == null ? null : new InputGradient(arena, layer, map, inGradient);
    this.toWeights =
        new Product(rowTerms(width, filter), in.pixelStep(), stride, Kernels.BLOCK, stride);
  }

  /** The examples of a row of output pixels: in the image, and in the turned gradient. */
  private int[] rowTerms(int width, Filter filter) {
    int[] terms = new int[2 * width * Kernels.BLOCK];
    for (int k = 0; k < width * Kernels.BLOCK; k++) {
      int pixel = k / Kernels.BLOCK;
      int example = k % Kernels.BLOCK;
      terms[2 * k] = pixel * filter.strideWidth() * layer.in().pixelStep() + example;
      terms[2 * k + 1] = k * stride;
    }
    return terms;
  }

  @Override
  public void backward(float[] arena, float scale, Nesterov rule) {
    if (layer.isRectified()) {
      Activations out = layer.out();
      kernels.reluBackward(arena, out.first(), outGradient.first(), out.length());
    }
    if (!rule.isStill()) {
      weightGradient(arena);
    }
    if (input != null) {
      if (layer.places() != null) {
        unpool(arena);
      }
      input.compute(arena);
    }
    if (!rule.isStill()) {
      kernels.update(arena, gradient, layer.weights(), 0, gradientLength, scale, rule);
      bias.update(arena, scale, rule);
    }
  }

  private void weightGradient(float[] arena) {
    Arrays.fill(arena, gradient, gradient + gradientLength, 0f);
    for (int chunk = 0; chunk < outGradient.chunks(); chunk++) {
      if (layer.places() == null) {
        turn(arena, chunk);
      } else {
        turnPooled(arena, chunk);
      }
      addWeightGradient(arena, chunk);
    }
  }

  private void turn(float[] arena, int chunk) {
    for (int output = 0; output < outGradient.channels(); output++) {
      for (int y = 0; y < outGradient.height(); y++) {
        for (int x = 0; x < outGradient.width(); x++) {
          int from = outGradient.at(chunk, output, y, x);
          int to = turned + (y * outGradient.width() + x) * Kernels.BLOCK * stride + output;
          for (int lane = 0; lane < Kernels.BLOCK; lane++) {
            arena[to + lane * stride] = arena[from + lane];
          }
        }
      }
    }
  }

  /** Each gradient goes to the pixel that was the largest of its window; the others get zero. */
  private void turnPooled(float[] arena, int chunk) {
    Arrays.fill(arena, turned, turned + turnedLength, 0f);
    Activations places = layer.places();
    int pixelStep = Kernels.BLOCK * stride;
    int rowStep = layer.mapWidth() * pixelStep;
    for (int output = 0; output < outGradient.channels(); output++) {
      for (int y = 0; y < outGradient.height(); y++) {
        for (int x = 0; x < outGradient.width(); x++) {
          int from = outGradient.at(chunk, output, y, x);
          int placeAt = places.at(chunk, output, y, x);
          int to = turned + 2 * y * rowStep + 2 * x * pixelStep + output;
          for (int lane = 0; lane < Kernels.BLOCK; lane++) {
            int place = (int) arena[placeAt + lane];
            arena[to + (place >> 1) * rowStep + (place & 1) * pixelStep + lane * stride] =
                arena[from + lane];
          }
        }
      }
    }
  }

  private void unpool(float[] arena) {
    Activations places = layer.places();
    for (int chunk = 0; chunk < outGradient.chunks(); chunk++) {
      for (int output = 0; output < outGradient.channels(); output++) {
        for (int y = 0; y < outGradient.height(); y++) {
          for (int x = 0; x < outGradient.width(); x++) {
            int to = map.at(chunk, output, 2 * y, 2 * x);
            kernels.spreadToFour(
                arena,
                outGradient.at(chunk, output, y, x),
                places.at(chunk, output, y, x),
                to,
                to + map.pixelStep(),
                to + map.rowStep(),
                to + map.rowStep() + map.pixelStep());
          }
        }
      }
    }
  }

  private void addWeightGradient(float[] arena, int chunk) {
    Activations in = layer.in();
    Filter filter = layer.filter();
    int width = layer.mapWidth();
    for (int y = 0; y < layer.mapHeight(); y++) {
      int right = turned + y * width * Kernels.BLOCK * stride;
      int top = y * filter.strideHeight() - filter.paddingHeight();
      for (int channel = 0; channel < in.channels(); channel++) {
        for (int row = 0; row < filter.height(); row++) {
          int left = in.at(chunk, channel, top + row, -filter.paddingWidth());
          int tap = (channel * filter.height() + row) * filter.width();
          for (int x = 0; x < filter.width(); x += Kernels.ROWS) {
            int at = gradient + (tap + x) * stride;
            toWeights
                .rows(Math.min(Kernels.ROWS, filter.width() - x), at, at, left + x * in.pixelStep())
                .across(kernels, arena, stride / Kernels.BLOCK, right);
          }
        }
      }
    }
  }
}
