package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.config.DropoutPolicy;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NesterovUpdateTest {
  private static final Offset<Float> CLOSE = within(1e-7f);

  private static RoundInput input(double l1, double l2) {
    RoundSettings settings =
        new RoundSettings(0, 0, 0, 1, 0.5, 0.8, l1, l2, DropoutPolicy.UNCHANGED);
    return RoundInput.wrapping(settings, 1, new float[0], new float[0], new float[0]);
  }

  @Test
  void weightsFollowVelocityTheGradientAndBothPenalties() {
    float[] weights = {2f, -1f};
    float[] velocity = {0.25f, 0f};
    // summed over 4 rows: means 0.75 and -0.5
    NesterovUpdate.updateWeights(
        weights, velocity, new float[] {3f, -2f}, 0.25f, input(0.125, 0.0625));
    // g = 0.75 + 0.0625 * 2 + 0.125 = 1; v' = 0.8 * 0.25 - 0.5 * 1 = -0.3
    // w = 2 - 0.8 * 0.25 + 1.8 * -0.3 = 1.26
    assertThat(velocity[0]).isCloseTo(-0.3f, CLOSE);
    assertThat(weights[0]).isCloseTo(1.26f, within(1e-6f));
    // g = -0.5 - 0.0625 - 0.125 = -0.6875; v' = 0.34375; w = -1 + 1.8 * 0.34375 = -0.38125
    assertThat(velocity[1]).isCloseTo(0.34375f, CLOSE);
    assertThat(weights[1]).isCloseTo(-0.38125f, CLOSE);
  }

  @Test
  void withoutL1TheSameFormulaHolds() {
    float[] weights = {2f};
    float[] velocity = {0.25f};
    NesterovUpdate.updateWeights(weights, velocity, new float[] {3.5f}, 0.25f, input(0, 0.0625));
    // g = 0.875 + 0.125 = 1, as above
    assertThat(velocity[0]).isCloseTo(-0.3f, CLOSE);
    assertThat(weights[0]).isCloseTo(1.26f, within(1e-6f));
  }

  @Test
  void othersAreNotRegularised() {
    float[] others = {9f, 2f, 9f};
    float[] velocity = {7f, 7f, 0.25f, 7f};
    NesterovUpdate.updateOthers(
        others, 1, 2, velocity, 1, new float[] {9f, 4f, 9f}, 0.25f, input(0.125, 0.0625));
    assertThat(velocity).containsExactly(new float[] {7f, 7f, -0.3f, 7f}, CLOSE);
    assertThat(others).containsExactly(new float[] {9f, 1.26f, 9f}, within(1e-6f));
  }
}
