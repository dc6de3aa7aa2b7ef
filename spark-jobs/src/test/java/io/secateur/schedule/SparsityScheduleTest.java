package io.secateur.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SparsityScheduleTest {
  @Test
  void oneShotCutsEverythingBeforeTheFirstRound() {
    assertThat(new OneShot(10).plan(430, 20))
        .isEqualTo(new CutPlan(List.of(new Cut(1, 1, 0, Fraction.ONE)), 0, 10));
  }

  @Test
  void iterativeCutsAtTheFirstRoundOfEveryFewEpochs() {
    CutPlan plan = new Iterative(5, 4, 10).plan(430, 20);

    assertThat(plan.cuts()).extracting(Cut::round).containsExactly(0, 88, 176, 264, 352);
    assertThat(plan.cuts())
        .extracting(Cut::fraction)
        .containsExactly(
            Fraction.of(1, 5),
            Fraction.of(2, 5),
            Fraction.of(3, 5),
            Fraction.of(4, 5),
            Fraction.ONE);
    assertThat(plan.cuttingEpochs()).isEqualTo(16);
    assertThat(plan.epochs()).isEqualTo(26);
  }

  @Test
  void gradualCutsOnceEnoughMinibatchesHaveRunSinceTheLastCut() {
    // An epoch of 430 is 21 rounds of 20 and one of 10. After the cut before round 20, rounds 20
    // and
    // 21 run 30 minibatches, four more make 110: the next cut stands before round 26.
    CutPlan plan = new Gradual(Sparsity.ZERO, 2, 100, 7).plan(430, 20);

    assertThat(plan.cuts())
        .extracting(Cut::round)
        .containsExactly(0, 5, 10, 15, 20, 26, 31, 36, 41);
    assertThat(plan.cuts()).extracting(Cut::steps).containsOnly(9);
    assertThat(plan.cuts().get(0).fraction()).isEqualTo(Fraction.of(729 - 512, 729));
    assertThat(plan.cuts().get(2).fraction()).isEqualTo(Fraction.of(729 - 216, 729));
    assertThat(plan.cuts().get(8).fraction()).isEqualTo(Fraction.ONE);
    assertThat(plan.cuttingEpochs()).isEqualTo(2);
    assertThat(plan.holdEpochs()).isEqualTo(7);
  }

  @Test
  void gradualDoesNotCutWhereTheHoldBegins() {
    CutPlan plan = new Gradual(Sparsity.ZERO, 1, 50, 1).plan(100, 10);

    assertThat(plan.cuts()).extracting(Cut::round).containsExactly(0, 5);
  }

  @Property(tries = 300)
  void gradualPlansGrowToOneAndKeepTheirDistance(
      @ForAll @IntRange(min = 1, max = 8) int epochs,
      @ForAll @IntRange(min = 1, max = 60) int every,
      @ForAll @IntRange(min = 1, max = 50) int perEpoch,
      @ForAll @IntRange(min = 1, max = 50) int perRound) {
    List<Cut> cuts = new Gradual(Sparsity.ZERO, epochs, every, 1).plan(perEpoch, perRound).cuts();

    int rounds = (perEpoch + perRound - 1) / perRound;
    assertThat(cuts.get(0).round()).isZero();
    assertThat(cuts.get(cuts.size() - 1).fraction()).isEqualTo(Fraction.ONE);
    assertThat(cuts.get(cuts.size() - 1).round()).isLessThan(epochs * rounds);
    for (int i = 1; i < cuts.size(); i++) {
      assertThat(cuts.get(i).fraction().compareTo(cuts.get(i - 1).fraction())).isPositive();
      int ran = 0;
      for (int round = cuts.get(i - 1).round(); round < cuts.get(i).round(); round++) {
        boolean last = round % rounds == rounds - 1;
        ran += last ? perEpoch - (rounds - 1) * perRound : perRound;
      }
      assertThat(ran).isBetween(every, every + perRound - 1);
    }
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThatThrownBy(() -> new OneShot(0)).hasMessageContaining("hold-epochs 0");
    assertThatThrownBy(() -> new Iterative(0, 1, 1)).hasMessageContaining("steps 0");
    assertThatThrownBy(() -> new Gradual(Sparsity.ZERO, 1, 0, 1))
        .hasMessageContaining("every-minibatches 0");
    assertThatThrownBy(() -> new Iterative(2, 1, 1).plan(0, 20))
        .hasMessageContaining("0 minibatches an epoch");
  }
}
