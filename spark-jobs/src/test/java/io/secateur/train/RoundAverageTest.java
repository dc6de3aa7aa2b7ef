package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundAverageTest {
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          Topology.of(Node.input("in", Shape.of(2), 1), Node.dense("fc", "in", 2, 2)));

  private static RoundResult result(int examples, float weight, float other, float velocity) {
    return RoundResult.wrapping(
        new float[] {weight, 0f, 1f},
        new float[] {other, 0f},
        new float[] {velocity, 0f, 0f, other, 0f},
        examples,
        examples * 0.5);
  }

  @Test
  void workersCountByTheirExamplesAndTheMaskPlacesTheirWeights() {
    NetworkParameters parameters =
        NetworkParameters.wrapping(LAYOUT, new float[] {8, 8, 8, 8}, new float[] {8, 8});
    TrainingState state = TrainingState.startingFrom(parameters);
    Mask mask = Mask.where(4, i -> i != 1);
    RoundOutcome outcome =
        RoundAverage.into(
            state,
            mask,
            List.of(result(3, 1f, 2f, 4f), result(1, 5f, 6f, 0f), result(0, 99, 99, 99)),
            Set.of());

    assertThat(outcome).isEqualTo(new RoundOutcome(4, 2.0));
    assertThat(outcome.meanLoss()).isEqualTo(0.5);
    assertThat(parameters.weights()).containsExactly(2f, 0f, 0f, 1f);
    assertThat(parameters.others()).containsExactly(3f, 0f);
    assertThat(state.weightVelocity()).containsExactly(3f, 0f, 0f, 0f);
    assertThat(state.otherVelocity()).containsExactly(3f, 0f);
  }

  @Test
  void sumsAreFloatsInPartitionOrder() {
    TrainingState state = TrainingState.startingFrom(NetworkParameters.zeros(LAYOUT));
    float[] values = {1e8f, 1f, -1e8f};
    List<RoundResult> results =
        List.of(result(1, values[0], 0, 0), result(1, values[1], 0, 0), result(1, values[2], 0, 0));
    RoundAverage.into(state, Mask.where(4, i -> i != 1), results, Set.of());
    // 1e8f + 1f is 1e8f; any other order, or doubles, would leave the 1
    assertThat(state.parameters().weights()[0]).isZero();
  }
}
