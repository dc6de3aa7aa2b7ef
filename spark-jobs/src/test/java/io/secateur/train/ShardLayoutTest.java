package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardLayoutTest {
  private static float[] counting(int from, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + i;
    }
    return values;
  }

  @Test
  void parametersAndVelocityAreCutAtTheSamePlaces() {
    // 3 weights and 2 others for 3 workers: two shards of [w0 w1] and [w2 o0 o1], and their
    // velocity
    ShardLayout layout = ShardLayout.of(3, 2, 3);
    assertThat(layout.shards()).isEqualTo(4);
    assertThat(layout.parameterShards()).isEqualTo(2);
    float[] weights = {1, 2, 3};
    float[] others = {4, 5};
    float[] velocity = {6, 7, 8, 9, 10};
    assertThat(layout.cut(0, weights, others, velocity)).containsExactly(1, 2);
    assertThat(layout.cut(1, weights, others, velocity)).containsExactly(3, 4, 5);
    assertThat(layout.cut(2, weights, others, velocity)).containsExactly(6, 7);
    assertThat(layout.cut(3, weights, others, velocity)).containsExactly(8, 9, 10);
  }

  @Property(tries = 200)
  void shardsPutTogetherInAnyOrderAreTheArrays(
      @ForAll @IntRange(max = 40) int weightCount,
      @ForAll @IntRange(max = 9) int otherCount,
      @ForAll @IntRange(min = 1, max = 12) int workers) {
    ShardLayout layout = ShardLayout.of(weightCount, otherCount, workers);
    float[] weights = counting(1, weightCount);
    float[] others = counting(1_000, otherCount);
    float[] velocity = counting(2_000, weightCount + otherCount);
    float[] weightsFound = new float[weightCount];
    float[] othersFound = new float[otherCount];
    float[] velocityFound = new float[weightCount + otherCount];
    for (int shard = layout.shards() - 1; shard >= 0; shard--) {
      float[] values = layout.cut(shard, weights, others, velocity);
      layout.place(shard, values, weightsFound, othersFound, velocityFound);
    }
    assertThat(weightsFound).isEqualTo(weights);
    assertThat(othersFound).isEqualTo(others);
    assertThat(velocityFound).isEqualTo(velocity);
    int values = IntStream.range(0, layout.shards()).map(layout::length).sum();
    assertThat(values).isEqualTo(2 * (weightCount + otherCount));
  }

  @Test
  void aShardIsNoLongerThan64Mebibytes() {
    ShardLayout layout = ShardLayout.of(138_357_544, 0, 2);
    assertThat(layout.shards()).isEqualTo(18);
    assertThat(layout.length(0)).isLessThanOrEqualTo(16 << 20);
  }

  @Test
  void valuesOfAnotherLengthAreRefused() {
    ShardLayout layout = ShardLayout.of(4, 0, 2);
    assertThatThrownBy(
            () -> layout.place(0, new float[3], new float[4], new float[0], new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 values for shard 0 of 4");
  }
}
