package io.secateur.schedule;

import io.secateur.tensor.Fraction;
import io.secateur.tensor.Sparsity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradual magnitude pruning (Zhu and Gupta 2017, arXiv:1710.01878): many small cuts, fast at first,
 * f_i = 1 - (1 - i/m)^3.
 *
 * <p>The first cut stands at the beginning. Another follows as soon as {@code everyMinibatches} or
 * more have run since the one before, at the end of a round, except at the end of the last cutting
 * epoch: every cut is retrained for at least a round before the hold. m is the number of cuts that
 * this gives. The paper of the method counts minibatches; we cut between rounds only, because a
 * mask changes only where the workers meet.
 *
 * @param start s_0, the sparsity from which target sparsities are approached
 * @param epochs epochs in which cuts are made, at least 1
 * @param everyMinibatches minibatches of a worker between two cuts, at least 1
 * @param holdEpochs retraining epochs after them, at least 1
 */
public record Gradual(Sparsity start, int epochs, int everyMinibatches, int holdEpochs)
    implements SparsitySchedule {
  /** Refuses counts below 1. */
  public Gradual {
    SparsitySchedule.requirePositive("epochs", epochs);
    SparsitySchedule.requirePositive("every-minibatches", everyMinibatches);
    SparsitySchedule.requirePositive("hold-epochs", holdEpochs);
  }

  @Override
  public CutPlan plan(int minibatchesPerEpoch, int roundMinibatches) {
    RoundGrid grid = RoundGrid.of(minibatchesPerEpoch, roundMinibatches);
    List<Integer> places = new ArrayList<>();
    long sinceCut = everyMinibatches;
    int rounds = Math.multiplyExact(epochs, grid.roundsPerEpoch());
    for (int round = 0; round < rounds; round++) {
      if (sinceCut >= everyMinibatches) {
        places.add(round);
        sinceCut = 0;
      }
      sinceCut += grid.minibatchesOf(round % grid.roundsPerEpoch());
    }
    int m = places.size();
    List<Cut> cuts = new ArrayList<>();
    for (int i = 1; i <= m; i++) {
      Fraction fraction = Fraction.of(m - i, m).pow(3).oneMinus();
      cuts.add(new Cut(i, m, places.get(i - 1), fraction));
    }
    return new CutPlan(cuts, epochs, holdEpochs);
  }

  @Override
  public Sparsity startSparsity() {
    return start;
  }

  @Override
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("kind", "gradual");
    options.put("start-sparsity", start.value());
    options.put("epochs", epochs);
    options.put("every-minibatches", everyMinibatches);
    options.put("hold-epochs", holdEpochs);
    return options;
  }
}
