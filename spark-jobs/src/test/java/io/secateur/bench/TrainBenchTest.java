package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.ShippedNetwork;
import org.junit.jupiter.api.Test;

class TrainBenchTest {
  /** 2 x (3 x 266,200 - 235,200): the first layer hands no gradient on. */
  @Test
  void theFirstLayerHasNoGradientOfItsInputs() {
    assertThat(TrainBench.trainingFlop(ShippedNetwork.LENET_300_100.topology()))
        .isEqualTo(2 * (3 * 266_200 - 235_200));
  }

  /** Multiply-accumulates: 288,000 + 1,600,000 + 400,000 + 5,000. */
  @Test
  void convolutionsCountEveryPlaceOfTheirWindow() {
    assertThat(TrainBench.trainingFlop(ShippedNetwork.LENET_5.topology()))
        .isEqualTo(2 * (3 * 2_293_000 - 288_000));
  }

  @Test
  void aPrefixPicksRowsAboveAndBelowIt() {
    assertThat(new BenchOptions("train.lenet-5", 3, 20).wants("train.lenet-5")).isTrue();
    assertThat(new BenchOptions("train.lenet-5.epoch", 3, 20).wants("train.lenet-5")).isTrue();
    assertThat(new BenchOptions("train.lenet-300", 3, 20).wants("train.lenet-5")).isFalse();
    assertThat(new BenchOptions("", 3, 20).wants("train.lenet-5")).isTrue();
  }
}
