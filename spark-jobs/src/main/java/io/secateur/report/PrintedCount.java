package io.secateur.report;

import java.math.BigDecimal;

/** A count as papers print it: "235K", ".2B". */
final class PrintedCount {
  private PrintedCount() {}

  /** Whether the exact count is within one unit of the last digit printed, rounded or cut. */
  static boolean isAbout(String printed, long exact) {
    return distance(printed, exact).compareTo(BigDecimal.ONE) <= 0;
  }

  /** How far the exact count is from the printed one, in units of the last digit printed. */
  static BigDecimal distance(String printed, long exact) {
    int power = "KMB".indexOf(printed.charAt(printed.length() - 1));
    BigDecimal digits =
        new BigDecimal(power < 0 ? printed : printed.substring(0, printed.length() - 1));
    BigDecimal scaled = BigDecimal.valueOf(exact).movePointLeft(3 * (power + 1));
    return scaled.subtract(digits).abs().movePointRight(digits.scale());
  }
}
