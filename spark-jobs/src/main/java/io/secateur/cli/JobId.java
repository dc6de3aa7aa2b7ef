package io.secateur.cli;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ids of jobs: the time in UTC and four random digits, "20261124-093015-7f3a"; they sort by time.
 */
final class JobId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Pattern TAG = Pattern.compile("[a-z-]+-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}");

  private JobId() {}

  /** Whether a tag looks like those that jobs give by themselves: a stage and an id. */
  static boolean isTag(String tag) {
    return TAG.matcher(tag).matches();
  }

  static String at(Instant time) {
    byte[] bytes = new byte[2];
    RANDOM.nextBytes(bytes);
    return TIME.format(time) + "-" + HexFormat.of().formatHex(bytes);
  }
}
