package io.secateur.network;

import io.secateur.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The networks that a job file names under {@code network}. This is the one place where another is
 * added: a constant, its wire name following from it, and its topology.
 */
public enum ShippedNetwork {
  /** LeCun et al. 1998, 784-300-100-10 with ReLU: 266,610 parameters, 266,200 of them weights. */
  LENET_300_100 {
    @Override
    public Topology topology() {
      Shape image = Shape.of(1, 28, 28);
      return Topology.of(
          Node.input("input", image, PIXEL_SCALE),
          Node.flatten("flatten", "input", image),
          Node.dense("fc1", "flatten", 784, 300),
          Node.relu("relu1", "fc1", Shape.of(300)),
          Node.dense("fc2", "relu1", 300, 100),
          Node.relu("relu2", "fc2", Shape.of(100)),
          Node.dense("fc3", "relu2", 100, 10),
          Node.softmax("softmax", "fc3", Shape.of(10)));
    }
  },

  /**
   * Caffe's LeNet-5: 431,080 parameters, 430,500 of them weights. Its convolutions have no
   * activation of their own: the pools follow at once.
   */
  LENET_5 {
    @Override
    public Topology topology() {
      Shape image = Shape.of(1, 28, 28);
      Shape pooled1 = Shape.of(20, 12, 12);
      Shape pooled2 = Shape.of(50, 4, 4);
      Window halving = Window.square(2, 2, 0);
      return Topology.of(
          Node.input("input", image, PIXEL_SCALE),
          Node.convolution("conv1", "input", image, 20, 5, 1, 0, 1),
          Node.maxPool("pool1", "conv1", Shape.of(20, 24, 24), halving),
          Node.convolution("conv2", "pool1", pooled1, 50, 5, 1, 0, 1),
          Node.maxPool("pool2", "conv2", Shape.of(50, 8, 8), halving),
          Node.flatten("flatten", "pool2", pooled2),
          Node.dense("fc1", "flatten", 800, 500),
          Node.relu("relu1", "fc1", Shape.of(500)),
          Node.dense("fc2", "relu1", 500, 10),
          Node.softmax("softmax", "fc2", Shape.of(10)));
    }
  };

  /** Pixels are bytes; networks see them in [0, 1]. */
  private static final double PIXEL_SCALE = 1.0 / 255;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in job files, as in {@code lenet-300-100}. */
  public String wireName() {
    return wireName;
  }

  /** A fresh topology of this network; its output is a softmax over the classes. */
  public abstract Topology topology();

  /** The network of a {@link #wireName}. */
  public static Optional<ShippedNetwork> named(String wireName) {
    return Arrays.stream(values()).filter(network -> network.wireName.equals(wireName)).findFirst();
  }
}
