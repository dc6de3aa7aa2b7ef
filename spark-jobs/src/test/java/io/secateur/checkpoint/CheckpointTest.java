package io.secateur.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.report.JobResult;
import io.secateur.report.WeightHistogram;
import io.secateur.store.IntegrityException;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.TrainingState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final ParameterLayout LAYOUT = layout(3);

  /** Six or more weights and as many biases as outputs. */
  private static ParameterLayout layout(int outputs) {
    return ParameterLayout.of(
        Topology.of(
            Node.input("input", Shape.of(1, 1, 2), 1),
            Node.flatten("flatten", "input", Shape.of(1, 1, 2)),
            Node.dense("fc", "flatten", 2, outputs),
            Node.softmax("softmax", "fc", Shape.of(outputs))));
  }

  private static NetworkParameters parameters(float... values) {
    return NetworkParameters.wrapping(
        LAYOUT, Arrays.copyOf(values, 6), Arrays.copyOfRange(values, 6, 9));
  }

  private static Checkpoint sample() {
    Account account =
        new Account(
            List.of(new JobResult.Step(1, 0.1, 50.5, 40.0, 3, 1.5)),
            new JobResult.Timings(1, 2, 3, 4, 5, 15.001),
            List.of(new ValidatedEpoch("train", 0, 1, 7, 100, 0.1 + 0.2)));
    CutProgress cuts =
        new CutProgress(
            2,
            1,
            new JobResult.Step(2, 1.0 / 3, 60.0, null, 0, 0.25),
            List.of(new CutProgress.Layer("fc", 6, 4, 0.1), new CutProgress.Layer("x", 1, 1, null)),
            Map.of("fc", Math.PI),
            Map.of("fc", new WeightHistogram(-0.5, 0.1 + 0.2, List.of(1L, 0L, 3L))));
    return new Checkpoint(
        Position.beforeRound(JobPhase.PRUNING, 4, 2, new RoundOutcome(10, 0.7)),
        Mask.where(6, i -> i != 1 && i != 4),
        TrainingState.wrapping(
            parameters(1, 0, -0f, Float.MIN_VALUE, 0, 5, 6, 7, 8),
            new float[] {.1f, 0, .2f, .3f, 0, .4f},
            new float[] {.5f, .6f, .7f}),
        Optional.of(cuts),
        Optional.of(
            new Checkpoint.Best(
                new Evaluation(3, 100, 0.25), parameters(9, 0, 8, 7, 0, 6, 5, 4, 3))),
        account);
  }

  @Test
  void readsBackBitForBit() {
    Checkpoint written = sample();

    Checkpoint read = Checkpoint.parse(written.toBytes(), LAYOUT, "c");

    assertThat(read.position()).isEqualTo(written.position());
    assertThat(read.mask()).isEqualTo(written.mask());
    assertThat(read.cuts()).isEqualTo(written.cuts());
    assertThat(read.account()).isEqualTo(written.account());
    assertThat(read.best().orElseThrow().evaluation()).isEqualTo(new Evaluation(3, 100, 0.25));
    assertBits(read.state().parameters(), written.state().parameters());
    assertBits(read.best().orElseThrow().parameters(), written.best().orElseThrow().parameters());
    assertThat(read.state().weightVelocity()).containsExactly(.1f, 0, .2f, .3f, 0, .4f);
    assertThat(read.state().otherVelocity()).containsExactly(.5f, .6f, .7f);
  }

  private static void assertBits(NetworkParameters found, NetworkParameters expected) {
    for (int i = 0; i < 6; i++) {
      assertThat(Float.floatToRawIntBits(found.weights()[i]))
          .isEqualTo(Float.floatToRawIntBits(expected.weights()[i]));
    }
    assertThat(found.others()).containsExactly(expected.others());
  }

  @Test
  void itsPositionIsTold() {
    assertThat(sample().position().describe()).isEqualTo("pruning, before epoch 5, round 3");
    assertThat(Position.beforeEpoch(JobPhase.TRAINED, 8).describe())
        .isEqualTo("trained, before it is published");
  }

  @Test
  void survivorsOnlyAreWritten() {
    byte[] bytes = sample().toBytes();
    int head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();

    // a mask of six bits; three times four survivors and three others
    assertThat(bytes).hasSize(4 + head + 1 + 3 * (4 + 3) * 4);
  }

  @Test
  void anotherNetworksCheckpointIsRefused() {
    byte[] bytes = sample().toBytes();

    assertThatThrownBy(() -> Checkpoint.parse(bytes, layout(4), "checkpoint of job x"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("checkpoint of job x")
        .hasMessageContaining("8 weights")
        .hasMessageContaining("without --resume");
  }

  @Test
  void whatIsCutOrTooLongIsRefused() {
    byte[] bytes = sample().toBytes();
    for (int length : new int[] {0, 3, 4, 100, bytes.length - 1, bytes.length + 1}) {
      byte[] wrong = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Checkpoint.parse(wrong, LAYOUT, "c"))
          .as("%d bytes", length)
          .isInstanceOf(IntegrityException.class);
    }
  }
}
