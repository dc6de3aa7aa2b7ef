package io.secateur.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How the network of each cell of a sweep is retrained before it is measured.
 *
 * @param epochs at least 1
 * @param limit the first so many training rows, at least 1; empty: all
 */
public record SweepRetraining(int epochs, OptionalInt limit) {
  /** The rows to retrain on, of so many that there are. */
  public int examples(int rows) {
    return Math.min(rows, limit.orElse(rows));
  }

  /** For people. */
  public String words() {
    return "each after "
        + (epochs == 1 ? "an epoch" : epochs + " epochs")
        + " of retraining on "
        + (limit.isPresent() ? limit.getAsInt() : "all")
        + " training rows";
  }

  /** The job file's value of {@code sweep.retrain}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("epochs", epochs);
    limit.ifPresent(examples -> options.put("examples", examples));
    return options;
  }
}
