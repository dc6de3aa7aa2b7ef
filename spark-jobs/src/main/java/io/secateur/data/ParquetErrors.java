package io.secateur.data;

import io.secateur.error.DataException;
import io.secateur.error.Problem;

/** What can be wrong with a Parquet file, in one line that names file and column. */
final class ParquetErrors {
  static final String IMAGE = "image";
  static final String LABEL = "label";

  private ParquetErrors() {}

  /** What a column has to be. */
  static String expected(String column) {
    return column.equals(IMAGE)
        ? "image: binary (one byte for each pixel), or an array of whole numbers from 0 to 255"
        : "label: int";
  }

  static DataException column(String column, String found, String file) {
    return new DataException(
        found + " in " + file,
        expected(column),
        "write the column " + column + " with this type; other columns may be there too");
  }

  /**
   * A value that can't be used.
   *
   * @param row in the file, counted from 0
   */
  static DataException value(String column, String found, long row, String file, String expected) {
    return new DataException(
        found + " in column " + column + " at row " + row + " of " + file,
        expected,
        "correct the row, or leave it out");
  }

  static DataException unreadable(String file, Exception cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new DataException(
        new Problem(
            file + ", which can't be read as Parquet (" + message + ")",
            "a whole Parquet file",
            "write or copy the file again; check that its filesystem answers and that you may"
                + " read it"),
        cause);
  }
}
