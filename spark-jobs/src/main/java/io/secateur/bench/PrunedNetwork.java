package io.secateur.bench;

import static io.secateur.bench.PrunedLayer.convolution;
import static io.secateur.bench.PrunedLayer.dense;

import java.util.List;

/**
 * A network of which only the shapes and densities matter.
 *
 * @param name as in {@code vgg-16}
 */
record PrunedNetwork(String name, List<PrunedLayer> layers) {
  /** With two groups; the densities of Han et al. 2015, table 4. */
  static final PrunedNetwork ALEXNET =
      new PrunedNetwork(
          "alexnet",
          List.of(
              convolution("conv1", 96, 3, 11, 84),
              convolution("conv2", 256, 48, 5, 38),
              convolution("conv3", 384, 256, 3, 35),
              convolution("conv4", 384, 192, 3, 37),
              convolution("conv5", 256, 192, 3, 37),
              dense("fc6", 4_096, 9_216, 9),
              dense("fc7", 4_096, 4_096, 9),
              dense("fc8", 1_000, 4_096, 25)));

  /** The densities of Han et al. 2015, table 5. */
  static final PrunedNetwork VGG_16 =
      new PrunedNetwork(
          "vgg-16",
          List.of(
              convolution("conv1_1", 64, 3, 3, 58),
              convolution("conv1_2", 64, 64, 3, 22),
              convolution("conv2_1", 128, 64, 3, 34),
              convolution("conv2_2", 128, 128, 3, 36),
              convolution("conv3_1", 256, 128, 3, 53),
              convolution("conv3_2", 256, 256, 3, 24),
              convolution("conv3_3", 256, 256, 3, 42),
              convolution("conv4_1", 512, 256, 3, 32),
              convolution("conv4_2", 512, 512, 3, 27),
              convolution("conv4_3", 512, 512, 3, 34),
              convolution("conv5_1", 512, 512, 3, 35),
              convolution("conv5_2", 512, 512, 3, 29),
              convolution("conv5_3", 512, 512, 3, 36),
              dense("fc6", 4_096, 25_088, 4),
              dense("fc7", 4_096, 4_096, 4),
              dense("fc8", 1_000, 4_096, 23)));

  PrunedNetwork {
    layers = List.copyOf(layers);
  }

  /** Weights and biases. */
  long parameters() {
    return weights() + layers.stream().mapToLong(PrunedLayer::biases).sum();
  }

  long weights() {
    return layers.stream().mapToLong(PrunedLayer::weights).sum();
  }
}
