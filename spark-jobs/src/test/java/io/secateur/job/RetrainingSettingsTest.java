package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.config.DropoutPolicy;
import io.secateur.config.JobOptions;
import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.tensor.Mask;
import io.secateur.train.DataParallelTrainer;
import io.secateur.train.Evaluation;
import io.secateur.train.RoundOutcome;
import io.secateur.train.RoundSettings;
import io.secateur.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a schedule asks of its rounds, told to a trainer that only listens. */
class RetrainingSettingsTest {
  /** Two rounds an epoch: 8 minibatches, 4 in a round. */
  private static final int MINIBATCHES = 8;

  @TempDir private Path folder;

  /** Three cuts, an epoch apart, then four epochs of hold. */
  private List<RoundSettings> rounds(String... sets) {
    List<String> all =
        new ArrayList<>(
            List.of("prune.schedule={kind: iterative, steps: 3, every-epochs: 1, hold-epochs: 4}"));
    all.addAll(List.of(sets));
    SampleJob job = SampleJob.on("a", "local[1]", folder.resolve("s").toUri());
    JobOptions options = job.options("network: lenet-5", all.toArray(String[]::new));
    JobEnvironment environment = job.environment();
    Listening trainer = new Listening();
    new PruningPhase(
            options, environment, SampleDigits.testRows(), trainer, Checkpoints.none(environment))
        .run(SourceNetworks.load(options, Optional.empty(), environment));
    return trainer.rounds;
  }

  @Test
  void theRateIsConstantWhileCuttingAndDecaysInTheHold() {
    List<RoundSettings> rounds =
        rounds(
            "train.learning-rate=0.2",
            "retrain.learning-rate-factor=0.5",
            "retrain.hold-decay={kind: cosine, to: 0}");

    assertThat(rounds).hasSize(12);
    assertThat(rounds.subList(0, 5)).allSatisfy(r -> assertThat(r.learningRate()).isEqualTo(0.1));
    // half a cosine over four epochs: half of it is left after two, cos(pi / 8) after half an epoch
    assertThat(rounds.get(5).learningRate())
        .isCloseTo(0.1 * (1 + Math.cos(Math.PI / 8)) / 2, within(1e-12));
    assertThat(rounds.get(8).learningRate()).isCloseTo(0.05, within(1e-12));
    assertThat(rounds.subList(4, 12))
        .isSortedAccordingTo((a, b) -> Double.compare(b.learningRate(), a.learningRate()));
  }

  @Test
  void stepsAndEpochsCountOnAndPenaltiesAreThoseOfRetraining() {
    List<RoundSettings> rounds =
        rounds("train.l2=1e-3", "retrain.l1=2e-5", "retrain.l2=0", "retrain.momentum=0.5");

    assertThat(rounds.stream().map(RoundSettings::step))
        .containsExactly(1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    // after the sample's two dense epochs
    assertThat(rounds.stream().map(RoundSettings::epoch).distinct())
        .containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(rounds)
        .allSatisfy(
            round -> {
              assertThat(round.l1()).isEqualTo(2e-5);
              assertThat(round.l2()).isZero();
              assertThat(round.momentum()).isEqualTo(0.5);
              assertThat(round.dropout()).isEqualTo(DropoutPolicy.ADJUST);
              assertThat(round.frozen()).isEmpty();
            });
  }

  @Test
  void frozenKindsAlternateWithTheCutsAndThenWithTheEpochs() {
    List<RoundSettings> rounds = rounds("retrain.freeze=alternate");

    Set<String> conv = Set.of("conv1", "conv2");
    Set<String> dense = Set.of("fc1", "fc2");
    assertThat(rounds.stream().map(RoundSettings::frozen))
        .containsExactly(
            conv, conv, dense, dense, conv, conv, dense, dense, conv, conv, dense, dense);
  }

  private static final class Listening implements DataParallelTrainer {
    private final List<RoundSettings> rounds = new ArrayList<>();
    private TrainingState state;

    @Override
    public void begin(TrainingState handedOver, Mask mask) {
      state = handedOver;
    }

    @Override
    public RoundOutcome round(RoundSettings settings) {
      rounds.add(settings);
      return new RoundOutcome(1, 1);
    }

    @Override
    public TrainingState state() {
      return state;
    }

    @Override
    public Evaluation evaluate(LabelledImages rows) {
      return new Evaluation(1, rows.count(), 1);
    }

    @Override
    public void keep() {}

    @Override
    public Optional<NetworkParameters> kept() {
      return Optional.empty();
    }

    @Override
    public int minibatchesPerEpoch() {
      return MINIBATCHES;
    }

    @Override
    public void close() {}
  }
}
