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
      return NetworkChain.of(DIGIT, PIXEL_SCALE)
          .flatten("flatten")
          .dense("fc1", 300)
          .relu("relu1")
          .dense("fc2", 100)
          .relu("relu2")
          .dense("fc3", 10)
          .softmax("softmax")
          .topology();
    }
  },

  /**
   * Caffe's LeNet-5: 431,080 parameters, 430,500 of them weights. Its convolutions have no
   * activation of their own: the pools follow at once.
   */
  LENET_5 {
    @Override
    public Topology topology() {
      Window five = Window.square(5, 1, 0);
      return NetworkChain.of(DIGIT, PIXEL_SCALE)
          .convolution("conv1", 20, five, 1)
          .maxPool("pool1", HALVING)
          .convolution("conv2", 50, five, 1)
          .maxPool("pool2", HALVING)
          .flatten("flatten")
          .dense("fc1", 500)
          .relu("relu1")
          .dense("fc2", 10)
          .softmax("softmax")
          .topology();
    }
  },

  /**
   * Krizhevsky et al. 2012 with two groups, in Caffe's sizes: 60,965,224 parameters, 60,954,656 of
   * them weights. Its two local response normalisations are left out: they have no parameters, and
   * later networks do without.
   */
  ALEXNET {
    @Override
    public Topology topology() {
      Window pool = Window.square(3, 2, 0);
      NetworkChain chain =
          NetworkChain.of(Shape.of(3, 227, 227), PIXEL_SCALE)
              .convolution("conv1", 96, Window.square(11, 4, 0), 1)
              .relu("relu1")
              .maxPool("pool1", pool)
              .convolution("conv2", 256, Window.square(5, 1, 2), 2)
              .relu("relu2")
              .maxPool("pool2", pool)
              .convolution("conv3", 384, SAME_3, 1)
              .relu("relu3")
              .convolution("conv4", 384, SAME_3, 2)
              .relu("relu4")
              .convolution("conv5", 256, SAME_3, 2)
              .relu("relu5")
              .maxPool("pool5", pool);
      return classified(chain);
    }
  },

  /**
   * Simonyan and Zisserman 2014, configuration D: 138,357,544 parameters, 138,344,128 of them
   * weights.
   */
  VGG_16 {
    @Override
    public Topology topology() {
      NetworkChain chain = NetworkChain.of(Shape.of(3, 224, 224), PIXEL_SCALE);
      int[] channels = {64, 128, 256, 512, 512};
      int[] convolutions = {2, 2, 3, 3, 3};
      for (int block = 0; block < channels.length; block++) {
        for (int i = 0; i < convolutions[block]; i++) {
          String place = (block + 1) + "_" + (i + 1);
          chain.convolution("conv" + place, channels[block], SAME_3, 1).relu("relu" + place);
        }
        chain.maxPool("pool" + (block + 1), HALVING);
      }
      return classified(chain);
    }
  };

  private static final Shape DIGIT = Shape.of(1, 28, 28);

  /** Pixels are bytes; networks see them in [0, 1]. */
  private static final double PIXEL_SCALE = 1.0 / 255;

  private static final Window HALVING = Window.square(2, 2, 0);

  /** Keeps height and width. */
  private static final Window SAME_3 = Window.square(3, 1, 1);

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in job files, as in {@code lenet-300-100}. */
  public String wireName() {
    return wireName;
  }

  /** A fresh topology of this network; its output is a softmax over the classes. */
  public abstract Topology topology();

  /** The three dense layers with which networks for ImageNet's 1,000 classes of 2012 end. */
  private static Topology classified(NetworkChain chain) {
    return chain
        .flatten("flatten")
        .dense("fc6", 4_096)
        .relu("relu6")
        .dropout("drop6", 0.5)
        .dense("fc7", 4_096)
        .relu("relu7")
        .dropout("drop7", 0.5)
        .dense("fc8", 1_000)
        .softmax("softmax")
        .topology();
  }

  /** The network of a {@link #wireName}. */
  public static Optional<ShippedNetwork> named(String wireName) {
    return Arrays.stream(values()).filter(network -> network.wireName.equals(wireName)).findFirst();
  }
}
