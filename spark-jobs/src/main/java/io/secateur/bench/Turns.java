package io.secateur.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Contestants that take turns: each has one that is not counted, as an epoch of training, then one
 * after the other, so that what else the machine does meets all of them.
 */
final class Turns {
  private final Consumer<String> progress;
  private final Map<String, Double> cold = new LinkedHashMap<>();
  private final Map<String, List<Double>> warm = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();

  /**
   * @param progress is told of each turn
   */
  Turns(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Runs so many counted turns of each. */
  void run(List<Contestant> contestants, int samples) {
    for (Contestant contestant : contestants) {
      turn(contestant).ifPresent(seconds -> cold.put(contestant.name(), seconds));
    }
    for (int sample = 0; sample < samples; sample++) {
      for (Contestant contestant : contestants) {
        turn(contestant)
            .ifPresent(
                seconds ->
                    warm.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                        .add(seconds));
      }
    }
  }

  private Optional<Double> turn(Contestant contestant) {
    String name = contestant.name();
    if (isSkipped(name)) {
      return Optional.empty();
    }
    try {
      double seconds = contestant.seconds();
      progress.accept(name + ": " + BenchTable.seconds(seconds));
      return Optional.of(seconds);
    } catch (SkippedException e) {
      skip(name, e.getMessage());
      return Optional.empty();
    }
  }

  /** Notes that a contestant can't take part. */
  void skip(String name, String why) {
    skipped.put(name, why);
    warm.remove(name);
    progress.accept(name + ": skipped, " + why);
  }

  boolean isSkipped(String name) {
    return skipped.containsKey(name);
  }

  /** The first turn's seconds. */
  double cold(String name) {
    return cold.get(name);
  }

  /** The counted turns. */
  Samples warm(String name) {
    return new Samples(warm.get(name));
  }

  /** What one contestant is to a figure of ours. */
  Baseline against(String name, double ours, Better better) {
    if (isSkipped(name)) {
      return Baseline.skipped(name, skipped.get(name));
    }
    double theirs = warm(name).median();
    return Baseline.measured(name, theirs, better.ratio(ours, theirs));
  }
}
