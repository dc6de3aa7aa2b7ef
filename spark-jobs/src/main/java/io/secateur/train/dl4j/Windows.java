package io.secateur.train.dl4j;

import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * The windows of DL4J's convolutions and pools, where a {@link Window} can say them: undilated and,
 * in convolution mode Same, with as much padding before as behind. DL4J puts an odd pixel of
 * padding behind, as a window of 3 with a stride of 2 on an even size has it.
 */
final class Windows {
  private Windows() {}

  /** The window of a convolution between images of these shapes. */
  static Optional<Window> of(ConvolutionLayer layer, Shape input, Shape output) {
    return undilated(layer.getDilation())
        ? of(
            layer.getConvolutionMode(),
            new Window(
                layer.getKernelSize()[0],
                layer.getKernelSize()[1],
                layer.getStride()[0],
                layer.getStride()[1],
                layer.getPadding()[0],
                layer.getPadding()[1]),
            input,
            output)
        : Optional.empty();
  }

  /** The window of a pool between images of these shapes. */
  static Optional<Window> of(SubsamplingLayer layer, Shape input, Shape output) {
    return undilated(layer.getDilation())
        ? of(
            layer.getConvolutionMode(),
            new Window(
                layer.getKernelSize()[0],
                layer.getKernelSize()[1],
                layer.getStride()[0],
                layer.getStride()[1],
                layer.getPadding()[0],
                layer.getPadding()[1]),
            input,
            output)
        : Optional.empty();
  }

  private static boolean undilated(int[] dilation) {
    return dilation[0] == 1 && dilation[1] == 1;
  }

  private static Optional<Window> of(
      ConvolutionMode mode, Window window, Shape input, Shape output) {
    if (mode != ConvolutionMode.Same) {
      return Optional.of(window).filter(any -> mode != ConvolutionMode.Causal);
    }
    int height = whole(output.dim(1), window.strideHeight(), window.kernelHeight(), input.dim(1));
    int width = whole(output.dim(2), window.strideWidth(), window.kernelWidth(), input.dim(2));
    return height % 2 == 0 && width % 2 == 0
        ? Optional.of(
            new Window(
                window.kernelHeight(),
                window.kernelWidth(),
                window.strideHeight(),
                window.strideWidth(),
                height / 2,
                width / 2))
        : Optional.empty();
  }

  /** The padding on both sides that so many windows need. */
  private static int whole(int windows, int stride, int kernel, int size) {
    return Math.max(0, (windows - 1) * stride + kernel - size);
  }
}
