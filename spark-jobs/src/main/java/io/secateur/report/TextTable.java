package io.secateur.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;

/** A table for people: text to the left, numbers to the right, two blanks between columns. */
public final class TextTable {
  private final List<Column> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

  /** Adds a column of words. */
  public TextTable text(String header, String footer) {
    return column(header, footer, HorizontalAlign.LEFT);
  }

  /** Adds a column of words that has nothing at its foot. */
  public TextTable text(String header) {
    return text(header, null);
  }

  /** Adds a column of numbers. */
  public TextTable number(String header, String footer) {
    return column(header, footer, HorizontalAlign.RIGHT);
  }

  /** Adds a column of numbers that has nothing at its foot. */
  public TextTable number(String header) {
    return number(header, null);
  }

  /** Adds a row, a cell for each column; a null cell stays empty. */
  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    Object[] row = new Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      row[i] = cells[i] == null ? "" : cells[i];
    }
    rows.add(row);
    return this;
  }

  /** Its lines, without blanks at their ends. */
  public List<String> lines() {
    String table =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .lineSeparator("\n")
            .data(columns.toArray(Column[]::new), rows.toArray(Object[][]::new))
            .asString();
    return table.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).toList();
  }

  private TextTable column(String header, String footer, HorizontalAlign align) {
    columns.add(
        new Column()
            .header(header)
            .footer(footer)
            .headerAlign(align)
            .footerAlign(align)
            .dataAlign(align));
    return this;
  }
}
