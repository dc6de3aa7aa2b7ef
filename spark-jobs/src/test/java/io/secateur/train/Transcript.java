package io.secateur.train;

import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * All that a trainer tells while it trains densely, cuts, and trains with a mask: two trainers that
 * promise equal bits have equal transcripts.
 */
final class Transcript {
  private static final int ROUNDS = 4;

  private Transcript() {}

  static List<String> of(DataParallelTrainer trainer, ShippedNetwork network) {
    return of(trainer, network, round -> {});
  }

  /**
   * Trains for two times four rounds.
   *
   * @param afterRound is told the number of each round, from 0, when it is over
   */
  static List<String> of(
      DataParallelTrainer trainer, ShippedNetwork network, IntConsumer afterRound) {
    List<String> lines = new ArrayList<>();
    TrainingState state = Rounds.initial(network);
    Mask mask = Mask.full(state.parameters().weights().length);
    for (int epoch = 0; epoch < 2; epoch++) {
      trainer.begin(state, mask);
      for (int round = 0; round < ROUNDS; round++) {
        RoundOutcome outcome = trainer.round(Rounds.settings(epoch, round));
        lines.add(outcome.examples() + " examples with loss " + outcome.lossSum());
        afterRound.accept(epoch * ROUNDS + round);
        if (round == 1) {
          lines.add(trainer.evaluate(SampleDigits.splits().validation()).toString());
          trainer.keep();
        }
      }
      state = trainer.state();
      lines.add(describe(state.parameters()));
      lines.add("velocity " + Arrays.hashCode(state.weightVelocity()));
      lines.add("velocity of the others " + Arrays.hashCode(state.otherVelocity()));
      mask = Rounds.half(state.parameters());
      state.apply(mask);
    }
    lines.add("kept " + describe(trainer.kept().orElseThrow()));
    return lines;
  }

  private static String describe(NetworkParameters parameters) {
    return NetworkHashes.parameters(parameters) + " with " + parameters.mask();
  }
}
