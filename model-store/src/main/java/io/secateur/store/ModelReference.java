package io.secateur.store;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user writes to name a version: {@code name} (its highest version), {@code name@version} or
 * {@code name@tag}.
 *
 * @param model the model's name
 * @param number the version number, when one was written
 * @param tag the tag, when one was written; never together with a number
 */
public record ModelReference(String model, Optional<Integer> number, Optional<String> tag) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Checks names and that number and tag exclude each other. */
  public ModelReference {
    Names.requireModel(model);
    tag.ifPresent(Names::requireTag);
    if (number.isPresent() && tag.isPresent()) {
      throw new IllegalArgumentException("a reference has a number or a tag, not both");
    }
    if (number.isPresent() && number.get() < 1) {
      throw new IllegalArgumentException("version " + number.get() + " is below 1");
    }
  }

  /** The highest version of a model. */
  public static ModelReference highest(String model) {
    return new ModelReference(model, Optional.empty(), Optional.empty());
  }

  /** Exactly this version. */
  public static ModelReference exactly(ModelVersion version) {
    return new ModelReference(version.model(), Optional.of(version.number()), Optional.empty());
  }

  /** The version a tag names at the moment of asking. */
  public static ModelReference tagged(String model, String tag) {
    return new ModelReference(model, Optional.empty(), Optional.of(tag));
  }

  /**
   * Reads {@code name}, {@code name@version} or {@code name@tag}.
   *
   * @throws UsageException when the text is none of these
   */
  public static ModelReference parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return highest(Names.requireModel(text));
    }
    String model = Names.requireModel(text.substring(0, at));
    String selector = text.substring(at + 1);
    if (NUMBER.matcher(selector).matches()) {
      return exactly(new ModelVersion(model, Integer.parseInt(selector)));
    }
    if (DIGITS.matcher(selector).matches()) {
      throw new UsageException(
          new Problem(
              "model \"" + text + "\"",
              "a version number from 1 to 999999999 without leading zeros",
              "list the versions with: secateur models list"));
    }
    return tagged(model, Names.requireTag(selector));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return number.map(n -> model + "@" + n).or(() -> tag.map(t -> model + "@" + t)).orElse(model);
  }
}
