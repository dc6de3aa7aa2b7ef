package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For how long the store leaves alone what nothing refers to: somebody may be about to.
 *
 * @param length an hour or more: publishers rely on it, whatever a collection is told
 */
public record GracePeriod(Duration length) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smhd])");

  /** The shortest. */
  public static final GracePeriod LEAST = new GracePeriod(Duration.ofHours(1));

  /** A day: what a collection uses unless it is told otherwise. */
  public static final GracePeriod DEFAULT = new GracePeriod(Duration.ofDays(1));

  /** Checks that it isn't shorter than {@link #LEAST}. */
  public GracePeriod {
    if (length.compareTo(Duration.ofHours(1)) < 0) {
      throw unusable(form(length));
    }
  }

  /**
   * Reads a number with its unit, as in {@code 90m}, {@code 24h} or {@code 7d}.
   *
   * @throws UsageException when it is something else, or below the least
   */
  public static GracePeriod parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw unusable(text);
    }
    long count = Long.parseLong(matcher.group(1));
    return new GracePeriod(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  private static UsageException unusable(String text) {
    return new UsageException(
        new Problem(
            "grace period \"" + text + "\"",
            "at least 1h, as a number with its unit s, m, h or d",
            "choose one such as 24h: what a running job is about to publish must not be removed"));
  }

  /** Whether something last touched then may be removed now, both by the filesystem's clock. */
  public boolean isOver(Instant touched, Instant now) {
    return isLongerThan(length, touched, now);
  }

  /**
   * Whether half of the shortest grace period is over, by the filesystem's clock: from then on a
   * publisher doesn't rely on its payload being left alone.
   */
  public static boolean isHalfOver(Instant touched, Instant now) {
    return isLongerThan(LEAST.length.dividedBy(2), touched, now);
  }

  private static boolean isLongerThan(Duration length, Instant touched, Instant now) {
    try {
      return Duration.between(touched, now).compareTo(length) > 0;
    } catch (DateTimeException | ArithmeticException e) {
      // A time that no clock shows was put there by somebody: it proves no age.
      return false;
    }
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return form(length);
  }

  private static String form(Duration length) {
    if (length.toSecondsPart() != 0) {
      return length.toSeconds() + "s";
    }
    return length.toMinutesPart() != 0 ? length.toMinutes() + "m" : length.toHours() + "h";
  }
}
