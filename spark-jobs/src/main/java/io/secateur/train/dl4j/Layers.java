package io.secateur.train.dl4j;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** What DL4J does not say about its layers by itself. */
final class Layers {
  private Layers() {}

  /** Whether a layer works on images or on rows. */
  static InputType.Type inputKind(Layer layer) {
    boolean images =
        layer instanceof ConvolutionLayer
            || layer instanceof SubsamplingLayer
            || layer instanceof LocalResponseNormalization
            || layer instanceof Upsampling2D
            || layer instanceof ZeroPaddingLayer
            || layer instanceof Cropping2D;
    return images ? InputType.Type.CNN : InputType.Type.FF;
  }
}
