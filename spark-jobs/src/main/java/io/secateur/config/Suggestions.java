package io.secateur.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** "Did you mean": the nearest of the names that are allowed. */
final class Suggestions {
  private Suggestions() {}

  /** Names further away than a third of their letters (two at least) are not offered. */
  static Optional<String> didYouMean(String found, List<String> allowed) {
    String lower = found.toLowerCase(Locale.ROOT).replace('_', '-');
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return allowed.stream()
        .filter(name -> distance.apply(lower, name) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance.apply(lower, name)))
        .map(name -> "did you mean '%s'?".formatted(name));
  }
}
