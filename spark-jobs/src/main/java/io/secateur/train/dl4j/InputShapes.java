package io.secateur.train.dl4j;

import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * The shape of a network's examples, which DL4J's files do not tell. Rows are as long as the first
 * layer wants them. Images have its channels; their size is the first of those in common use, then
 * the smallest, with which the network has the parameters that it has.
 */
final class InputShapes {
  private static final List<Integer> USUAL =
      List.of(28, 32, 224, 227, 64, 96, 128, 256, 299, 384, 512);
  private static final int LARGEST = 512;

  private InputShapes() {}

  /**
   * Finds it.
   *
   * @param fits whether the network takes examples of that shape
   */
  static Optional<Shape> find(List<NamedLayer> layers, Predicate<Shape> fits) {
    return candidates(layers).filter(fits).findFirst();
  }

  private static Stream<Shape> candidates(List<NamedLayer> layers) {
    for (NamedLayer layer : layers) {
      if (layer.before().orElse(null) instanceof FeedForwardToCnnPreProcessor image) {
        return Stream.of(
            Shape.of(
                Math.toIntExact(image.getNumChannels()),
                Math.toIntExact(image.getInputHeight()),
                Math.toIntExact(image.getInputWidth())));
      }
      Optional<Integer> width = width(layer.layer());
      if (width.isPresent()) {
        return Stream.concat(Stream.of(Shape.of(width.get())), images(width.get()))
            .filter(shape -> isFormOf(layers, shape));
      }
    }
    return Stream.of();
  }

  private static boolean isFormOf(List<NamedLayer> layers, Shape shape) {
    boolean row = InputForm.of(layers, Shape.of(1, 1, 1)) == InputForm.ROW;
    return row == (shape.rank() == 1);
  }

  private static Stream<Shape> images(int channels) {
    return Stream.concat(
            USUAL.stream(),
            IntStream.rangeClosed(1, LARGEST).boxed().filter(side -> !USUAL.contains(side)))
        .map(side -> Shape.of(channels, side, side));
  }

  private static Optional<Integer> width(Layer layer) {
    return layer instanceof FeedForwardLayer feeding && !(layer instanceof BatchNormalization)
        ? Optional.of(Math.toIntExact(feeding.getNIn()))
        : layer instanceof BatchNormalization norm
            ? Optional.of(Math.toIntExact(norm.getNIn()))
            : Optional.empty();
  }
}
