package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramViewTest {
  @Test
  void aBarForEachBinAndALineForEachTime() {
    assertThat(HistogramView.lines(SampleResult.builder().succeeded().layers()))
        .containsExactly(
            " layer  weights that are not zero  how many    from  spread     to",
            " fc1    before pruning                    8  -0.500  ▅█      1.000",
            " fc1    after retraining                  3  -0.250  ▅█      1.000");
  }

  /** -1, 0.5 (twice) and 1 of 40 bins from -1 to 1: the first, the 31st and the last. */
  @Test
  void weightsThatAreCutDoNotCount() {
    Topology topology =
        Topology.of(Node.input("input", Shape.of(3), 1), Node.dense("fc", "input", 3, 2));
    float[] weights = {-1, 9, 0.51f, 0.51f, 1, 9};
    NetworkParameters parameters =
        NetworkParameters.wrapping(ParameterLayout.of(topology), weights, new float[2]);

    Map<String, WeightHistogram> layers =
        WeightHistogram.byLayer(parameters, Mask.where(6, i -> weights[i] < 9));

    WeightHistogram histogram = layers.get("fc");
    assertThat(histogram.min()).isEqualTo(-1);
    assertThat(histogram.max()).isEqualTo(1);
    assertThat(histogram.weights()).isEqualTo(4);
    assertThat(histogram.counts()).hasSize(40).startsWith(1L, 0L).endsWith(0L, 1L);
    assertThat(histogram.counts().get(30)).isEqualTo(2);
    assertThat(WeightHistogram.byLayer(parameters, Mask.where(6, i -> false))).isEmpty();
  }
}
