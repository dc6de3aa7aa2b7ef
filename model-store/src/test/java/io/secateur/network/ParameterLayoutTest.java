package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import io.secateur.error.JobFailedException;
import io.secateur.tensor.Shape;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  private static final ParameterLayout LENET_300_100 =
      ParameterLayout.of(ShippedNetwork.LENET_300_100.topology());

  @Test
  void leNet300100HasThePapersParameters() {
    assertThat(LENET_300_100.weightCount()).isEqualTo(266_200);
    assertThat(LENET_300_100.otherCount()).isEqualTo(410);
    assertThat(LENET_300_100.parameterCount()).isEqualTo(266_610);
    assertThat(LENET_300_100.weights())
        .extracting(ParameterTensor::name, ParameterTensor::shape, ParameterTensor::offset)
        .containsExactly(
            tuple("fc1.weight", Shape.of(300, 784), 0),
            tuple("fc2.weight", Shape.of(100, 300), 235_200),
            tuple("fc3.weight", Shape.of(10, 100), 265_200));
    assertThat(LENET_300_100.others())
        .extracting(ParameterTensor::name, ParameterTensor::offset)
        .containsExactly(tuple("fc1.bias", 0), tuple("fc2.bias", 300), tuple("fc3.bias", 400));
  }

  @Test
  void leNet5HasCaffesParameters() {
    ParameterLayout layout = ParameterLayout.of(ShippedNetwork.LENET_5.topology());

    assertThat(layout.weightCount()).isEqualTo(430_500);
    assertThat(layout.parameterCount()).isEqualTo(431_080);
    assertThat(layout.weights())
        .extracting(ParameterTensor::name, ParameterTensor::shape, ParameterTensor::offset)
        .containsExactly(
            tuple("conv1.weight", Shape.of(20, 1, 5, 5), 0),
            tuple("conv2.weight", Shape.of(50, 20, 5, 5), 500),
            tuple("fc1.weight", Shape.of(500, 800), 25_500),
            tuple("fc2.weight", Shape.of(10, 500), 425_500));
  }

  @Test
  void canonicalOrderInterleavesWeightsAndBiases() {
    assertThat(LENET_300_100.tensors())
        .extracting(ParameterTensor::name)
        .containsExactly(
            "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias");
    assertThat(LENET_300_100.tensor("fc2.bias")).map(ParameterTensor::layer).contains("fc2");
    assertThat(LENET_300_100.tensor("fc4.bias")).isEmpty();
  }

  @Test
  void shippedNetworksAreFoundByName() {
    assertThat(ShippedNetwork.named("lenet-300-100")).contains(ShippedNetwork.LENET_300_100);
    assertThat(ShippedNetwork.named("lenet-5")).contains(ShippedNetwork.LENET_5);
    assertThat(ShippedNetwork.named("lenet5")).isEmpty();
  }

  /** Han et al. 2015, tables 4 and 5. */
  @Test
  void thePapersLargeNetworksHaveThePapersSizes() {
    ParameterLayout alexnet = ParameterLayout.of(ShippedNetwork.ALEXNET.topology());
    ParameterLayout vgg = ParameterLayout.of(ShippedNetwork.VGG_16.topology());

    assertThat(ShippedNetwork.ALEXNET.wireName()).isEqualTo("alexnet");
    assertThat(ShippedNetwork.VGG_16.wireName()).isEqualTo("vgg-16");
    assertThat(alexnet.parameterCount()).isEqualTo(60_965_224);
    assertThat(alexnet.weightCount()).isEqualTo(60_954_656);
    assertThat(vgg.parameterCount()).isEqualTo(138_357_544);
    assertThat(vgg.weightCount()).isEqualTo(138_344_128);
    assertThat(alexnet.tensor("conv2.weight").orElseThrow().shape())
        .isEqualTo(Shape.of(256, 48, 5, 5));
    assertThat(vgg.tensor("fc6.weight").orElseThrow().shape()).isEqualTo(Shape.of(4_096, 25_088));
  }

  @Test
  void arenasLargerThanAnIntAreRefused() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(40_000), 1),
            Node.dense("fc1", "input", 40_000, 40_000),
            Node.dense("fc2", "fc1", 40_000, 40_000));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParameterLayout.of(topology))
        .withMessageContaining("fc2.weight");
  }

  @Test
  void parametersAreViewsOfTheArenas() {
    NetworkParameters parameters = NetworkParameters.zeros(LENET_300_100);
    ParameterTensor fc2 = LENET_300_100.tensor("fc2.weight").orElseThrow();
    parameters.weights()[235_200] = 1;
    parameters.weights()[265_199] = 2;
    parameters.weights()[265_200] = 3;
    NetworkParameters copy = parameters.copy();
    parameters.weights()[235_200] = 9;

    assertThat(copy.valuesOf(fc2)).hasSize(30_000).startsWith(1).endsWith(2);
    assertThat(copy.mask().indices()).containsExactly(235_200, 265_199, 265_200);
    assertThat(parameters.arenaOf(fc2)).isSameAs(parameters.weights());
  }

  @Test
  void arraysOfAnotherLengthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NetworkParameters.wrapping(LENET_300_100, new float[266_200], new float[409]))
        .withMessage("the layout has 266200 weights and 410 others, found 266200 and 409");
  }

  @Test
  void parametersThatAreNotFiniteNameTheirLayer() {
    NetworkParameters parameters = NetworkParameters.zeros(LENET_300_100);
    parameters.requireFinite();
    parameters.others()[301] = Float.NEGATIVE_INFINITY;

    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(parameters::requireFinite)
        .withMessageStartingWith("found -Infinity in layer fc2 (fc2.bias, element 1); expected");
  }
}
