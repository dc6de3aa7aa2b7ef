package io.secateur.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the learning rate goes down over a phase of training. */
public sealed interface LearningRateDecay
    permits LearningRateDecay.None, LearningRateDecay.Cosine, LearningRateDecay.Step {
  /**
   * The rate to use.
   *
   * @param base rate at the beginning of the phase, above 0
   * @param progress share of the phase that is done, in [0, 1]
   * @param epoch epochs of the phase that are done, 0 or more; may be fractional
   */
  double rate(double base, double progress, double epoch);

  /** The job file's form: {@code none}, or keys and values. */
  Object toOptions();

  /** The rate stays as it is. */
  record None() implements LearningRateDecay {
    @Override
    public double rate(double base, double progress, double epoch) {
      return base;
    }

    @Override
    public Object toOptions() {
      return "none";
    }
  }

  /**
   * Half a cosine: to + (base - to) (1 + cos(pi progress)) / 2 (Loshchilov and Hutter 2016,
   * arXiv:1608.03983, without restarts).
   *
   * @param to rate at the end, 0 or more
   */
  record Cosine(double to) implements LearningRateDecay {
    /** Refuses a rate that is negative or not finite. */
    public Cosine {
      if (!(to >= 0) || Double.isInfinite(to)) {
        throw new IllegalArgumentException(
            "found decay.to %s; expected a rate of 0 or more".formatted(to));
      }
    }

    @Override
    public double rate(double base, double progress, double epoch) {
      return to + (base - to) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }

    @Override
    public Object toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("kind", "cosine");
      options.put("to", to);
      return options;
    }
  }

  /**
   * Multiplied by {@code factor} after every {@code every} epochs: base factor^floor(epoch /
   * every).
   *
   * @param every epochs between two drops, at least 1
   * @param factor in (0, 1]
   */
  record Step(int every, double factor) implements LearningRateDecay {
    /** Refuses values out of range. */
    public Step {
      SparsitySchedule.requirePositive("decay.every", every);
      if (!(factor > 0 && factor <= 1)) {
        throw new IllegalArgumentException(
            "found decay.factor %s; expected above 0, at most 1".formatted(factor));
      }
    }

    @Override
    public double rate(double base, double progress, double epoch) {
      return base * StrictMath.pow(factor, Math.floor(epoch / every));
    }

    @Override
    public Object toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("kind", "step");
      options.put("every", every);
      options.put("factor", factor);
      return options;
    }
  }
}
