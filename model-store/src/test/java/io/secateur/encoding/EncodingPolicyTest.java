package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.network.Window;
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

  @Test
  void paperWidthsAreFiveAndEight() {
    for (EncodingPolicy policy : EncodingPolicy.values()) {
      assertThat(policy.encodingOf(CONV, arena(3))).hasToString("relative-index/8");
      assertThat(policy.encodingOf(FC, arena(3))).hasToString("relative-index/5");
    }
    assertThat(EncodingPolicy.PAPER.encodingOf(FC, arena(256))).hasToString("relative-index/5");
  }

  @Test
  void autoTakesTheSmallerByExactSize() {
    // Of 256 weights, dense is 1,024 bytes of payload. At 5 bits 221 values take 884 + 139 = 1,023
    // and 222 take 888 + 139 = 1,027; at 8 bits 204 take 1,020 and 205 take 1,025.
    assertThat(EncodingPolicy.AUTO.encodingOf(FC, arena(221))).hasToString("relative-index/5");
    assertThat(EncodingPolicy.AUTO.encodingOf(FC, arena(222))).isEqualTo(Encoding.DENSE);
    assertThat(EncodingPolicy.AUTO.encodingOf(CONV, arena(204))).hasToString("relative-index/8");
    assertThat(EncodingPolicy.AUTO.encodingOf(CONV, arena(205))).isEqualTo(Encoding.DENSE);
  }

  @Test
  void autoTakesDenseWhenSizesAreEqual() {
    // 5 weights are 20 bytes, and so are 4 values with an index of one byte each.
    Shape row = Shape.of(1, 1, 5);
    Window window = new Window(1, 5, 1, 1, 0, 0);
    ParameterTensor weight =
        ParameterLayout.of(
                Topology.of(
                    Node.input("input", row, 1),
                    Node.convolution("conv", "input", row, 1, window, 1)))
            .weights()
            .get(0);

    assertThat(EncodingPolicy.AUTO.encodingOf(weight, new float[] {1, 1, 1, 1, 0}))
        .isEqualTo(Encoding.DENSE);
    assertThat(EncodingPolicy.AUTO.encodingOf(weight, new float[] {1, 1, 1, 0, 0}))
        .isEqualTo(Encoding.relativeIndex(8));
  }

  @Test
  void autoCountsFillers() {
    // One value at the end of 256: 7 fillers bridge 224 of the 255 zeros; 8 entries, 32 + 5 bytes.
    float[] arena = new float[LAYOUT.weightCount()];
    arena[FC.end() - 1] = 1;

    Encoding encoding = EncodingPolicy.AUTO.encodingOf(FC, arena);

    assertThat(TensorCodec.encode(FC.shape(), arena, FC.offset(), encoding).account())
        .isEqualTo(new ByteAccount(4, 1, 32, 0, 32));
  }

  @Test
  void biasesAreDenseAndCountAsBiases() {
    ParameterTensor bias = LAYOUT.tensor("fc.bias").orElseThrow();
    float[] others = new float[LAYOUT.otherCount()];
    for (EncodingPolicy policy : EncodingPolicy.values()) {
      assertThat(policy.encodingOf(bias, others)).isEqualTo(Encoding.DENSE);
    }

    ByteAccount account =
        TensorCodec.encode(bias.shape(), others, bias.offset(), Encoding.DENSE).account();

    assertThat(account.asBiases()).isEqualTo(new ByteAccount(0, 0, 0, 256, 28));
    assertThat(account.plus(account.asBiases()).stored()).isEqualTo(2 * 284);
    assertThat(ByteAccount.ZERO.plus(account)).isEqualTo(account);
  }
}
