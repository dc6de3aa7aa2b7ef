package io.secateur.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The data of a job.
 *
 * @param location the files
 * @param validation rows taken off the end of the training rows, at least 1
 * @param examples when present, training uses only the first so many of the rows before them
 * @param shiftPixels training rows are shifted by up to so many pixels at random; 0 for none
 */
public record DataOptions(
    DataLocation location, int validation, OptionalInt examples, int shiftPixels) {
  /** The keys and values of the job file's {@code data}. */
  public Map<String, Object> toOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.putAll(location.toOptions());
    examples.ifPresent(rows -> options.put("examples", rows));
    options.put("validation", validation);
    options.put("augment", shiftPixels == 0 ? "none" : Map.of("shift-pixels", shiftPixels));
    return options;
  }
}
