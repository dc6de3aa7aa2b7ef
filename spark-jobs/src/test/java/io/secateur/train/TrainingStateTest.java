package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.JobFailedException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  private final TrainingState state =
      TrainingState.startingFrom(InitialWeights.of(ShippedNetwork.LENET_300_100.topology(), 1));
  private final NetworkParameters parameters = state.parameters();
  private final Mask mask = Mask.where(parameters.weights().length, i -> i != 235_205);

  @Test
  void aMaskTakesTheWeightAndItsVelocityAndNoOther() {
    state.weightVelocity()[235_205] = 3f;
    state.weightVelocity()[7] = 3f;
    float kept = parameters.weights()[7];
    state.apply(mask);
    assertThat(parameters.weights()[235_205]).isZero();
    assertThat(state.weightVelocity()[235_205]).isZero();
    assertThat(parameters.weights()[7]).isEqualTo(kept);
    assertThat(state.weightVelocity()[7]).isEqualTo(3f);
    assertThatCode(() -> state.requireZerosOutside(mask)).doesNotThrowAnyException();
  }

  @Test
  void aPrunedWeightThatIsMinusZeroIsFoundAndNamed() {
    parameters.weights()[235_205] = -0f;
    assertThatThrownBy(() -> state.requireZerosOutside(mask))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("fc2.weight, global index 235205");
  }

  @Test
  void velocityOfAPrunedWeightIsFound() {
    parameters.weights()[235_205] = 0f;
    state.weightVelocity()[235_205] = 1e-30f;
    assertThatThrownBy(() -> state.requireZerosOutside(mask))
        .isInstanceOf(JobFailedException.class);
  }

  @Test
  void aCopyIsIndependent() {
    TrainingState copy = state.copy();
    copy.parameters().weights()[0] = 42f;
    copy.weightVelocity()[0] = 42f;
    assertThat(parameters.weights()[0]).isNotEqualTo(42f);
    assertThat(state.weightVelocity()[0]).isZero();
  }
}
