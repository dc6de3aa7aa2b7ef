package io.secateur.encoding;

import io.secateur.network.NodeKind;
import io.secateur.network.ParameterTensor;

/** Which encoding each tensor of a network gets. Tensors that are never pruned are dense. */
public enum EncodingPolicy {
  /** The smaller of dense and {@link #PAPER}'s, by exact size; dense when they are equal. */
  AUTO {
    @Override
    Encoding ofWeights(ParameterTensor tensor, float[] arena) {
      Encoding sparse = paperWidth(tensor.kind());
      return encodedBytes(tensor, arena, sparse) < encodedBytes(tensor, arena, Encoding.DENSE)
          ? sparse
          : Encoding.DENSE;
    }
  },

  /**
   * Relative indices of 8 bits for convolutions and of 5 for other layers, as in Han et al. 2015.
   */
  PAPER {
    @Override
    Encoding ofWeights(ParameterTensor tensor, float[] arena) {
      return paperWidth(tensor.kind());
    }
  };

  private static final Encoding CONVOLUTIONS = Encoding.relativeIndex(8);
  private static final Encoding OTHER_LAYERS = Encoding.relativeIndex(5);

  /**
   * The encoding of a tensor.
   *
   * @param arena the arena that holds its values, from the tensor's offset
   */
  public Encoding encodingOf(ParameterTensor tensor, float[] arena) {
    return tensor.isPrunable() ? ofWeights(tensor, arena) : Encoding.DENSE;
  }

  abstract Encoding ofWeights(ParameterTensor tensor, float[] arena);

  private static Encoding paperWidth(NodeKind kind) {
    return kind == NodeKind.CONVOLUTION ? CONVOLUTIONS : OTHER_LAYERS;
  }

  private static long encodedBytes(ParameterTensor tensor, float[] arena, Encoding encoding) {
    return TensorCodec.encodedBytes(tensor.shape(), arena, tensor.offset(), encoding);
  }
}
