package io.secateur.preflight;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a check says of a host. */
public enum Verdict {
  /** As a job wants it. */
  OK,
  /** A job runs, but slower, or not under all circumstances. */
  WARN,
  /** A job would fail, or compute something else. */
  FAIL;

  /** As it is shown and written. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
