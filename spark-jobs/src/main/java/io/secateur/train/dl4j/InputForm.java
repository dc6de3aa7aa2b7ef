package io.secateur.train.dl4j;

import io.secateur.tensor.Shape;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** How a network wants its examples, which DL4J does not say by itself. */
enum InputForm {
  /** As [channels, height, width]. */
  IMAGE {
    @Override
    InputType type(Shape input) {
      return InputType.convolutional(input.dim(1), input.dim(2), input.dim(0));
    }

    @Override
    long[] features(Shape input) {
      return new long[] {input.dim(0), input.dim(1), input.dim(2)};
    }
  },
  /** As rows, which the network makes images again. */
  FLAT_IMAGE {
    @Override
    InputType type(Shape input) {
      return InputType.convolutionalFlat(input.dim(1), input.dim(2), input.dim(0));
    }
  },
  ROW {
    @Override
    InputType type(Shape input) {
      return InputType.feedForward(input.elements());
    }
  };

  /** What DL4J calls examples of that shape in this form. */
  abstract InputType type(Shape input);

  /** The shape in which DL4J wants an example. */
  long[] features(Shape input) {
    return new long[] {input.elements()};
  }

  /**
   * The form for a network of these layers, in the order of computing: the first that works on
   * either images or rows decides.
   */
  static InputForm of(List<NamedLayer> layers, Shape input) {
    if (input.rank() != 3) {
      return ROW;
    }
    for (NamedLayer layer : layers) {
      if (layer.before().isPresent()) {
        return layer
            .before()
            .map(
                before ->
                    before instanceof FeedForwardToCnnPreProcessor
                        ? FLAT_IMAGE
                        : before instanceof CnnToFeedForwardPreProcessor ? IMAGE : ROW)
            .get();
      }
      if (!takesEither(layer.layer())) {
        return takesImages(layer.layer()) ? IMAGE : ROW;
      }
    }
    return ROW;
  }

  private static boolean takesEither(Layer layer) {
    return layer instanceof BatchNormalization
        || layer instanceof ActivationLayer
        || layer instanceof DropoutLayer;
  }

  private static boolean takesImages(Layer layer) {
    return layer instanceof ConvolutionLayer
        || layer instanceof SubsamplingLayer
        || layer instanceof GlobalPoolingLayer
        || layer instanceof LocalResponseNormalization
        || layer instanceof Upsampling2D
        || layer instanceof ZeroPaddingLayer
        || layer instanceof Cropping2D;
  }
}
