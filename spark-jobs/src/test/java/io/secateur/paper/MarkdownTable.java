package io.secateur.paper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A table for the README, printed row by row, and kept in target/. */
final class MarkdownTable {
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(String name, String... headings) throws IOException {
    this.file = Path.of("target", name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    add(String.join(" | ", headings));
    add("---|".repeat(headings.length - 1) + "---");
  }

  void row(String... cells) throws IOException {
    add(String.join(" | ", cells));
  }

  private void add(String cells) throws IOException {
    String line = "| " + cells + " |";
    lines.add(line);
    System.out.println(line);
    Files.writeString(
        file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  int rows() {
    return lines.size() - 2;
  }
}
