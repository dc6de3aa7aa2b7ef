package io.secateur.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of a convolution's input. A pixel sums over the outputs and those taps whose window
 * lies inside the map; pixels that have the same taps share their terms. The columns of a product
 * are blocks of examples, its rows are channels.
 */
final class InputGradient {
  private static final int COLUMNS = 4;
  private static final int TILE_STEP = COLUMNS * Kernels.BLOCK;

  private final Kernels kernels;
  private final Convolution layer;
  private final Activations map;
  private final Activations in;
  private final int tile;
  private final int zeros;
  private final Product[] products;
  private final int[] origins;

  InputGradient(Arena arena, Convolution layer, Activations map, Activations in) {
    this.kernels = layer.kernels();
    this.layer = layer;
    this.map = map;
    this.in = in;
    this.tile = arena.reserve(Kernels.ROWS * TILE_STEP);
    this.zeros = arena.reserve(Kernels.BLOCK);
    this.products = new Product[in.height() * in.width()];
    this.origins = new int[products.length];
    Filter filter = layer.filter();
    Map<List<List<Integer>>, Product> known = new HashMap<>();
    for (int pixel = 0; pixel < products.length; pixel++) {
      int y = pixel / in.width() + filter.paddingHeight();
      int x = pixel % in.width() + filter.paddingWidth();
      List<Integer> rows = taps(y, filter.height(), filter.strideHeight(), layer.mapHeight());
      List<Integer> columns = taps(x, filter.width(), filter.strideWidth(), layer.mapWidth());
      products[pixel] =
          known.computeIfAbsent(List.of(rows, columns), taps -> productOf(rows, columns));
      boolean reached = !rows.isEmpty() && !columns.isEmpty();
      origins[pixel] =
          reached
              ? (y - rows.get(0)) / filter.strideHeight() * map.rowStep()
                  + (x - columns.get(0)) / filter.strideWidth() * map.pixelStep()
              : 0;
    }
  }

  /** The taps of one side that see a place of the image with its border, ascending. */
  private static List<Integer> taps(int place, int taps, int stride, int windows) {
    List<Integer> valid = new ArrayList<>();
    for (int tap = 0; tap < taps; tap++) {
      int from = place - tap;
      if (from >= 0 && from % stride == 0 && from / stride < windows) {
        valid.add(tap);
      }
    }
    return valid;
  }

  private Product productOf(List<Integer> rows, List<Integer> columns) {
    Filter filter = layer.filter();
    int stride = Convolution.stride(layer.out().channels());
    int[] terms = new int[2 * map.channels() * rows.size() * columns.size()];
    int k = 0;
    for (int output = 0; output < map.channels(); output++) {
      for (int y : rows) {
        for (int x : columns) {
          int up = (y - rows.get(0)) / filter.strideHeight();
          int left = (x - columns.get(0)) / filter.strideWidth();
          terms[k++] = (y * filter.width() + x) * stride + output;
          terms[k++] = output * map.channelStep() - up * map.rowStep() - left * map.pixelStep();
        }
      }
    }
    return new Product(terms, filter.taps() * stride, 0, 0, TILE_STEP);
  }

  void compute(float[] arena) {
    for (int chunk = 0; chunk < in.chunks(); chunk += COLUMNS) {
      for (int pixel = 0; pixel < products.length; pixel++) {
        compute(arena, chunk, pixel);
      }
    }
  }

  private void compute(float[] arena, int chunk, int pixel) {
    Product product = products[pixel];
    int channelWeights = product.leftStep;
    int right = map.at(chunk, 0, 0, 0) + origins[pixel];
    int columns = Math.min(COLUMNS, in.chunks() - chunk);
    for (int channel = 0; channel < in.channels(); channel += Kernels.ROWS) {
      int rows = Math.min(Kernels.ROWS, in.channels() - channel);
      product.rows(rows, zeros, tile, layer.weights().values() + channel * channelWeights);
      multiply(arena, product, columns, right);
      int y = pixel / in.width();
      int x = pixel % in.width();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int from = tile + row * TILE_STEP + column * Kernels.BLOCK;
          int to = in.at(chunk + column, channel + row, y, x);
          System.arraycopy(arena, from, arena, to, Kernels.BLOCK);
        }
      }
    }
  }

  private void multiply(float[] arena, Product product, int columns, int right) {
    product.right0 = right;
    product.right1 = right + map.chunkStep();
    product.right2 = right + 2 * map.chunkStep();
    product.right3 = right + 3 * map.chunkStep();
    if (columns == COLUMNS) {
      kernels.multiplyFour(arena, product);
      return;
    }
    for (int column = 0; column < columns; column++) {
      product.target = tile + column * Kernels.BLOCK;
      product.right0 = right + column * map.chunkStep();
      kernels.multiplyOne(arena, product);
    }
  }
}
