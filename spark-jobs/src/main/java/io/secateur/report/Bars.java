package io.secateur.report;

import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Small bars side by side, a character each. */
final class Bars {
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

  private Bars() {}

  /** A bar for each share, 0 to 1; more is drawn as 1. */
  static String of(DoubleStream shares) {
    return shares
        .mapToObj(share -> HEIGHTS.charAt(Math.min(HEIGHTS.length() - 1, (int) (share * 8))))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
