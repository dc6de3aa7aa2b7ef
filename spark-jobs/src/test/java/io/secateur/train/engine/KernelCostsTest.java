package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.LayerKernel;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelCostsTest {
  private static final String TABLE =
      """
      kind,kernel,outputs,inputs,pixels,batch,density,nanoseconds
      dense,dense,10,100,1,64,1.0,64000
      dense,sparse,10,100,1,64,0.1,16000
      dense,sparse,10,100,1,64,0.5,80000
      dense,sparse,1000,1000,1,64,0.1,64000000
      """;

  private static KernelCosts costs(String table) {
    try {
      return KernelCosts.read(new StringReader(table));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** 1 ns for each of 64 x 10 x 100 multiplications dense; 0.25 and 1.25 ns sparse. */
  @Test
  void betweenTwoDensitiesTheCostIsOnTheLine() {
    LayerWork work = new LayerWork(NodeKind.DENSE, 10, 100, 1);
    assertThat(costs(TABLE).nanoseconds(work, LayerKernel.SPARSE, 64, 0.3)).isEqualTo(48_000);
    assertThat(costs(TABLE).nanoseconds(work, LayerKernel.SPARSE, 64, 0.01)).isEqualTo(16_000);
    assertThat(costs(TABLE).nanoseconds(work, LayerKernel.SPARSE, 64, 1)).isEqualTo(80_000);
    // 0.25 + (d - 0.1) / 0.4 = 1
    assertThat(costs(TABLE).sparseBelow(work, 64))
        .isCloseTo(0.4, org.assertj.core.data.Offset.offset(1e-3));
  }

  @Test
  void aLayerThatWasNotMeasuredCostsWhatTheOneMostLikeItDoes() {
    LayerWork twice = new LayerWork(NodeKind.DENSE, 20, 100, 1);
    assertThat(costs(TABLE).nanoseconds(twice, LayerKernel.SPARSE, 64, 0.1)).isEqualTo(32_000);
    LayerWork large = new LayerWork(NodeKind.DENSE, 900, 1000, 1);
    // the largest costs 1 ns for each at its only density
    assertThat(costs(TABLE).nanoseconds(large, LayerKernel.SPARSE, 64, 0.5))
        .isCloseTo(57_600_000, org.assertj.core.data.Offset.offset(1.0));
  }

  @Test
  void theReasonSaysWhatBothCost() {
    LayerWork work = new LayerWork(NodeKind.DENSE, 10, 100, 1);
    assertThat(costs(TABLE).cheaper(work, 64, 0.1))
        .isEqualTo(
            new KernelPlan.Decision(
                LayerKernel.SPARSE,
                "at 10.0 % density a minibatch costs 16 us sparse, 64 us dense"));
    assertThat(costs(TABLE).cheaper(work, 64, 0.45).kernel()).isEqualTo(LayerKernel.DENSE);
  }

  @Test
  void aKindThatWasNotMeasuredStaysDense() {
    LayerWork work = new LayerWork(NodeKind.CONVOLUTION, 10, 100, 64);
    assertThat(costs(TABLE).cheaper(work, 64, 0.001).kernel()).isEqualTo(LayerKernel.DENSE);
  }

  @Test
  void aTableIsReadAsItIsWritten() {
    assertThat(costs(TABLE).toCsv()).isEqualTo(TABLE);
    assertThatThrownBy(() -> costs("kind,kernel\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind,kernel");
    assertThatThrownBy(() -> costs(KernelCosts.HEADER + "\ndense,dense,10\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dense,dense,10");
  }

  @Test
  void theShippedTableSendsFewWeightsToSparseKernelsAndAllOfThemToDenseOnes() {
    for (ShippedNetwork shipped : List.of(ShippedNetwork.LENET_300_100, ShippedNetwork.LENET_5)) {
      Topology topology = shipped.topology();
      int weights = ParameterLayout.of(topology).weightCount();
      KernelPolicy policy = KernelPolicy.cheapest(Map.of());
      policy
          .plan(topology, Mask.where(weights, i -> i % 20 == 0), 64)
          .decisions()
          .forEach(
              (layer, decision) ->
                  assertThat(decision.kernel()).as(layer).isEqualTo(LayerKernel.SPARSE));
      assertThat(policy.plan(topology, Mask.full(weights), 64).of("fc1").kernel())
          .isEqualTo(LayerKernel.DENSE);
    }
  }
}
