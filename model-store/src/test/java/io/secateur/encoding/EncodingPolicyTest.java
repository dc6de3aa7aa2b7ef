package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import org.junit.jupiter.api.Test;

class EncodingPolicyTest {
  private static final Shape IMAGE = Shape.of(1, 8, 8);
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          Topology.of(
              Node.input("input", IMAGE, 1),
              Node.convolution("conv", "input", IMAGE, 4, 8, 1, 0, 1),
              Node.flatten("flatten", "conv", Shape.of(4, 1, 1)),
              Node.dense("fc", "flatten", 4, 64)));
  private static final ParameterTensor CONV = LAYOUT.tensor("conv.weight").orElseThrow();
  private static final ParameterTensor FC = LAYOUT.tensor("fc.weight").orElseThrow();

  private static float[] arena(int present) {
    float[] arena = new float[LAYOUT.weightCount()];
    for (ParameterTensor tensor : LAYOUT.weights()) {
      for (int i = 0; i < present; i++) {
        arena[tensor.offset() + i] = 1;
      }
    }
    return arena;
  }

  private static Encoding encoding(EncodingPolicy policy, ParameterTensor tensor, float[] arena) {
    return policy.encodingOf(tensor, scan(tensor, arena));
  }

  private static TensorEncoder scan(ParameterTensor tensor, float[] arena) {
    return TensorEncoder.scan(tensor.shape(), arena, tensor.offset(), Cores.ONE);
  }

  @Test
  void paperWidthsAreFiveAndEightWhateverTheDensity() {
    for (int present : new int[] {0, 3, 256}) {
      assertThat(encoding(EncodingPolicy.PAPER, CONV, arena(present)))
          .hasToString("relative-index/8");
      assertThat(encoding(EncodingPolicy.PAPER, FC, arena(present)))
          .hasToString("relative-index/5");
    }
  }

  @Test
  void autoTakesTheSmallestByExactSize() {
    // Of 256 weights dense takes 1,024 bytes of payload and a bitmap 32 beside the values. In front
    // n values take ceil(n / 4) bytes at 2 bits: less than the bitmap up to n = 124 (31 bytes).
    assertThat(encoding(EncodingPolicy.AUTO, FC, arena(124))).hasToString("relative-index/2");
    // 125 values take 32 bytes at 2 bits, as the bitmap does, which stands before it.
    assertThat(encoding(EncodingPolicy.AUTO, FC, arena(125))).isEqualTo(Encoding.BITMAP);
    assertThat(encoding(EncodingPolicy.AUTO, FC, arena(247))).isEqualTo(Encoding.BITMAP);
    // 248 values and the bitmap are 1,024 bytes, as dense is.
    assertThat(encoding(EncodingPolicy.AUTO, FC, arena(248))).isEqualTo(Encoding.DENSE);
    assertThat(encoding(EncodingPolicy.AUTO, FC, arena(256))).isEqualTo(Encoding.DENSE);
  }

  @Test
  void autoWeighsFillersAgainstWidth() {
    // One value behind 255 zeros: at 8 bits no filler, 4 + 1 bytes; at 7 bits one filler, 8 + 2.
    float[] arena = new float[LAYOUT.weightCount()];
    arena[FC.end() - 1] = 1;

    assertThat(encoding(EncodingPolicy.AUTO, FC, arena)).hasToString("relative-index/8");
    assertThat(scan(FC, arena).account(Encoding.relativeIndex(8)))
        .isEqualTo(new ByteAccount(4, 1, 0, 0, 32));
    assertThat(scan(FC, arena).account(Encoding.relativeIndex(7)))
        .isEqualTo(new ByteAccount(4, 2, 4, 0, 32));
    // At 5 bits 7 fillers bridge 224 of the zeros: 8 entries, 32 + 5 bytes.
    assertThat(scan(FC, arena).account(Encoding.relativeIndex(5)))
        .isEqualTo(new ByteAccount(4, 1, 32, 0, 32));
  }

  @Test
  void biasesAreDenseAndCountAsBiases() {
    ParameterTensor bias = LAYOUT.tensor("fc.bias").orElseThrow();
    float[] others = new float[LAYOUT.otherCount()];
    for (EncodingPolicy policy : EncodingPolicy.values()) {
      assertThat(encoding(policy, bias, others)).isEqualTo(Encoding.DENSE);
    }

    ByteAccount account =
        TensorCodec.encode(bias.shape(), others, bias.offset(), Encoding.DENSE).account();

    assertThat(account.asBiases()).isEqualTo(new ByteAccount(0, 0, 0, 256, 28));
    assertThat(account.plus(account.asBiases()).stored()).isEqualTo(2 * 284);
    assertThat(ByteAccount.ZERO.plus(account)).isEqualTo(account);
  }
}
