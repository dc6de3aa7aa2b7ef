package io.secateur.encoding;

import io.secateur.network.NodeKind;
import io.secateur.network.ParameterTensor;

/** Which encoding each tensor of a network gets. Tensors that are never pruned are dense. */
public enum EncodingPolicy {
  /** The smallest of all encodings, by exact size. */
  AUTO {
    @Override
    Encoding ofWeights(ParameterTensor tensor, TensorEncoder encoder) {
      return encoder.smallest();
    }
  },

  /**
   * Relative indices of 8 bits for convolutions and of 5 for other layers, as in Han et al. 2015.
   */
  PAPER {
    @Override
    Encoding ofWeights(ParameterTensor tensor, TensorEncoder encoder) {
      return tensor.kind() == NodeKind.CONVOLUTION ? CONVOLUTIONS : OTHER_LAYERS;
    }
  };

  private static final Encoding CONVOLUTIONS = Encoding.relativeIndex(8);
  private static final Encoding OTHER_LAYERS = Encoding.relativeIndex(5);

  /**
   * The encoding of a tensor.
   *
   * @param encoder that has scanned its values
   */
  public Encoding encodingOf(ParameterTensor tensor, TensorEncoder encoder) {
    return tensor.isPrunable() ? ofWeights(tensor, encoder) : Encoding.DENSE;
  }

  abstract Encoding ofWeights(ParameterTensor tensor, TensorEncoder encoder);
}
