package io.secateur.config;

import io.secateur.prune.SweepLevels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sensitivity sweep, its own or that behind a plan.
 *
 * @param levels how strongly each layer is cut
 * @param retraining of the network of each cell; empty: it is measured right after the cut
 */
public record SweepOptions(SweepLevels levels, Optional<SweepRetraining> retraining) {
  /** The keys and values of the job file's {@code sweep}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("levels", levels.toOptions());
    retraining.ifPresent(each -> options.put("retrain", each.toOptions()));
    return options;
  }
}
