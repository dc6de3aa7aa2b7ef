package io.secateur.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How figures are written for people: the same words and digits wherever they appear. */
public final class Figures {
  private Figures() {}

  /** A percentage, 0 to 100: "1.48 %". */
  public static String percent(double percent) {
    return percentDigits(percent) + " %";
  }

  /** The same for a column that says what it is: "1.48". */
  public static String percentDigits(double percent) {
    return String.format(Locale.ROOT, "%.2f", percent);
  }

  /** A share, 0 to 1, in percent with one digit: "91.7 %". */
  public static String share(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A share, 0 to 1, in whole percent: "81 %". */
  public static String roundShare(double share) {
    return Math.round(100 * share) + " %";
  }

  /** How many in a second: "870", "12.3k", "1.25M". */
  public static String rate(double perSecond) {
    if (perSecond < 999.5) {
      return String.format(Locale.ROOT, "%.0f", perSecond);
    }
    return perSecond < 999_950
        ? String.format(Locale.ROOT, "%.1fk", perSecond / 1e3)
        : String.format(Locale.ROOT, "%.2fM", perSecond / 1e6);
  }

  /** A count: "266,200". */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Operations, to three digits: "470K", "4.59M", "30.9B". */
  public static String operations(long count) {
    if (count < 1000) {
      return Long.toString(count);
    }
    int thousands = 0;
    double scaled = count;
    while (scaled >= 999.5 && thousands < 4) {
      scaled /= 1000;
      thousands++;
    }
    return threeDigits(scaled) + " KMBT".charAt(thousands);
  }

  /** To three digits, without an exponent: "171", "0.0812". */
  public static String threeDigits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }

  /** How many times: "12.0x". Rounded down, so that 49.97 is not shown as fifty. */
  public static String times(double rate) {
    return String.format(Locale.ROOT, "%.1fx", Math.floor(rate * 10 + 1e-9) / 10);
  }

  /** A threshold: "0.03125". */
  public static String threshold(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** A time: "45 s", "3 min 05 s", "1 h 02 min". */
  public static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }
}
