package io.secateur.report;

import io.secateur.preflight.Finding;
import io.secateur.preflight.Verdict;

/**
 * What one check of a preflight found.
 *
 * @param host {@code driver}, {@code executor 3 on host}, or {@code cluster}
 * @param check what was looked at
 * @param verdict whether a job wants it so
 * @param found what was seen
 * @param remedy the setting that mends it; empty when nothing needs to be
 */
public record PreflightReport(
    String host, String check, Verdict verdict, String found, String remedy) {
  /** A finding as it is written. */
  public static PreflightReport of(Finding finding) {
    return new PreflightReport(
        finding.host(), finding.check(), finding.verdict(), finding.found(), finding.remedy());
  }
}
