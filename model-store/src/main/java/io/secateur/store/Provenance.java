package io.secateur.store;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a version comes from: enough to make it again.
 *
 * <p>The free-form maps are kept as JSON can carry them, in sorted order: maps, lists, strings,
 * booleans, {@code Long}, {@code BigDecimal} and null; other whole numbers become {@code Long},
 * {@code float} and {@code double} become the {@code BigDecimal} of their shortest decimal form. So
 * a provenance read back equals the one published.
 *
 * @param parent the version it was made from, if it was made from one
 * @param job the job's id
 * @param stage which of the job's models this is: {@code dense} or {@code pruned}
 * @param options the job's resolved options
 * @param data the data's source and fingerprints
 * @param seed the job's seed
 * @param partitions the number of data partitions, 1 or more
 * @param engine the engine that computed the figures, and that evaluates the version again
 * @param software versions of what ran
 * @param figures what was measured
 */
public record Provenance(
    Optional<ModelVersion> parent,
    String job,
    String stage,
    SortedMap<String, Object> options,
    SortedMap<String, String> data,
    long seed,
    int partitions,
    String engine,
    SortedMap<String, String> software,
    SortedMap<String, Object> figures) {
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z-]*");

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException when a value can't stand in JSON, naming its key
   */
  public Provenance {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException("stage \"" + stage + "\" does not match " + STAGE);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions " + partitions + " is below 1");
    }
    options = JsonValues.normalise("options", options);
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    software = Collections.unmodifiableSortedMap(new TreeMap<>(software));
    figures = JsonValues.normalise("figures", figures);
  }

  /**
   * With plain maps.
   *
   * @param parent may be null
   */
  public Provenance(
      ModelVersion parent,
      String job,
      String stage,
      Map<String, ?> options,
      Map<String, String> data,
      long seed,
      int partitions,
      String engine,
      Map<String, String> software,
      Map<String, ?> figures) {
    this(
        Optional.ofNullable(parent),
        job,
        stage,
        new TreeMap<>(options),
        new TreeMap<>(data),
        seed,
        partitions,
        engine,
        new TreeMap<>(software),
        new TreeMap<>(figures));
  }

  /**
   * The tag that a job gives to a version by itself, so that it is found again: {@code
   * dense-<job>}. It says where a version comes from and not that somebody wants it kept, so that
   * it doesn't keep the version from expiring, and goes with it.
   */
  public String jobTag() {
    return stage + "-" + job;
  }
}
