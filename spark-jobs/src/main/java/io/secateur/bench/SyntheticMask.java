package io.secateur.bench;

import java.util.SplittableRandom;

/** Where the survivors of a synthetic layer lie. */
enum SyntheticMask {
  /** Anywhere: every weight survives with the same probability. The hardest case for an index. */
  UNIFORM("", "at uniform random positions") {
    @Override
    double bandOf(double density) {
      return 1;
    }
  },

  /**
   * In a band of each row, half as wide as the row, or as wide as the density where that is more:
   * as in first layers, whose outer inputs tell nothing and lose all their connections.
   */
  BANDED(".banded", "at random positions in the middle band of each row") {
    @Override
    double bandOf(double density) {
      return Math.max(density, 0.5);
    }
  };

  private static final long SEED = 20_150_608;

  private final String suffix;
  private final String description;

  SyntheticMask(String suffix, String description) {
    this.suffix = suffix;
    this.description = description;
  }

  /** What the names of rows end with. */
  String suffix() {
    return suffix;
  }

  /** Where the survivors lie, in words. */
  String description() {
    return description;
  }

  /** The share of a row in which survivors lie, in (0, 1]. */
  abstract double bandOf(double density);

  /** Writes a layer's weights: survivors are uniform in [-0.5, 0.5), the others are zero. */
  void fill(PrunedLayer layer, float[] values) {
    SplittableRandom random = new SplittableRandom(SEED);
    double density = layer.percent() / 100.0;
    double band = bandOf(density);
    int rows = layer.shape().dim(0);
    int columns = layer.weights() / rows;
    int first = (int) Math.round(columns * (1 - band) / 2);
    int last = columns - first;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        boolean inBand = column >= first && column < last;
        values[row * columns + column] =
            inBand && random.nextDouble() < density / band ? survivor(random) : 0.0f;
      }
    }
  }

  /** Not zero: the lowest bit is one. */
  private static float survivor(SplittableRandom random) {
    return ((random.nextInt() >> 8) | 1) * 0x1p-24f;
  }
}
