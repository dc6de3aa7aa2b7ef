package io.secateur.paper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A figure to reach.
 *
 * @param name for people; its network comes first
 * @param stage what the figure is of
 * @param kind whether it has to be reached
 * @param percent the mean test error of all seeds, at most
 * @param file a shipped job file
 * @param sets {@code key=value}, as {@code --set} takes them
 * @param denseEpochs a figure is reached as well when it is no worse than that of a dense run of so
 *     many epochs; 0 for none
 */
record Mark(
    String name,
    Stage stage,
    Kind kind,
    double percent,
    String file,
    List<String> sets,
    int denseEpochs) {
  private static final String RESOURCE = "marks.csv";

  /** What a figure is of. */
  enum Stage {
    /** The network before pruning. */
    DENSE,
    /** The network that was published at the end. */
    PRUNED
  }

  /** Whether a figure has to be reached. */
  enum Kind {
    /** The profile fails without it. */
    MARK,
    /** It is printed. */
    AIM
  }

  /** The marks of the resource, a line each: the fields of this record between semicolons. */
  static List<Mark> all() throws IOException {
    try (InputStream in = Objects.requireNonNull(Mark.class.getResourceAsStream(RESOURCE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Mark::parse)
          .toList();
    }
  }

  private static Mark parse(String line) {
    List<String> fields = List.of(line.split(";", -1)).stream().map(String::strip).toList();
    if (fields.size() != 7) {
      throw new IllegalArgumentException(fields.size() + " fields of 7 in: " + line);
    }
    return new Mark(
        fields.get(0),
        Stage.valueOf(fields.get(1)),
        Kind.valueOf(fields.get(2)),
        Double.parseDouble(fields.get(3)),
        fields.get(4),
        fields.get(5).isEmpty() ? List.of() : List.of(fields.get(5).split(" +", -1)),
        fields.get(6).isEmpty() ? 0 : Integer.parseInt(fields.get(6)));
  }
}
