package io.secateur.data;

import io.secateur.error.DataException;
import java.util.OptionalInt;

/**
 * How the rows of the training file are split: the last {@code validation} rows are never trained
 * on; of the rows before them, the first {@code examples} (or all) are.
 *
 * @param validation at least 1
 * @param examples at least 1 when present
 */
public record SplitOptions(int validation, OptionalInt examples) {
  public SplitOptions {
    if (validation < 1) {
      throw new IllegalArgumentException("validation rows " + validation + " are below 1");
    }
    if (examples.isPresent() && examples.getAsInt() < 1) {
      throw new IllegalArgumentException("examples " + examples.getAsInt() + " are below 1");
    }
  }

  /** The last rows validate, all others train. */
  public static SplitOptions validating(int validation) {
    return new SplitOptions(validation, OptionalInt.empty());
  }

  /** The same validation rows, with so many training rows only. */
  public SplitOptions withExamples(int limit) {
    return new SplitOptions(validation, OptionalInt.of(limit));
  }

  /**
   * The number of training rows in a file of so many rows.
   *
   * @throws DataException when the file is too short
   */
  int trainingRows(int count) {
    int before = count - validation;
    int wanted = examples.orElse(1);
    if (before < wanted) {
      throw new DataException(
          String.format("%,d training rows", count),
          String.format("at least %,d to train on and %,d to validate", wanted, validation),
          "lower the validation rows or the examples, or use a larger training file");
    }
    return examples.orElse(before);
  }

  RowRange validationRows(int count) {
    trainingRows(count);
    return new RowRange(count - validation, count);
  }
}
