package io.secateur.preflight;

import io.secateur.error.Problem;

/**
 * What one check found in one process. A class, not a record: Spark's Kryo sends no records.
 *
 * <p>Immutable.
 */
public final class Finding {
  /** How the place of an executor begins. */
  public static final String EXECUTOR = "executor ";

  private final String host;
  private final String check;
  private final Verdict verdict;
  private final String found;
  private final String remedy;

  private Finding(String host, String check, Verdict verdict, String found, String remedy) {
    this.host = host;
    this.check = check;
    this.verdict = verdict;
    this.found = found;
    this.remedy = remedy;
  }

  /** Something that is well, found on the driver. */
  public static Finding ofDriver(String check, String found) {
    return ok(check, found).at(Preflight.DRIVER);
  }

  /** Something that must be mended, found on the driver. */
  public static Finding ofDriver(String check, Problem problem) {
    return fail(check, problem.found(), problem.remedy()).at(Preflight.DRIVER);
  }

  static Finding ok(String check, String found) {
    return new Finding("", check, Verdict.OK, found, "");
  }

  /**
   * A finding that needs attention.
   *
   * @param remedy the setting that mends it
   */
  static Finding warn(String check, String found, String remedy) {
    return new Finding("", check, Verdict.WARN, found, remedy);
  }

  /**
   * A finding that must be mended.
   *
   * @param remedy the setting that mends it
   */
  static Finding fail(String check, String found, String remedy) {
    return new Finding("", check, Verdict.FAIL, found, remedy);
  }

  /** The same, found here. */
  Finding at(String place) {
    return new Finding(place, check, verdict, found, remedy);
  }

  /** {@code driver}, {@code executor 3 on host}, or {@code cluster}. */
  public String host() {
    return host;
  }

  /** What was looked at. */
  public String check() {
    return check;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** What was seen. */
  public String found() {
    return found;
  }

  /** The setting that mends it; empty when nothing needs to be. */
  public String remedy() {
    return remedy;
  }

  @Override
  public String toString() {
    return host + ": " + check + " " + verdict.wireName() + ": " + found;
  }
}
