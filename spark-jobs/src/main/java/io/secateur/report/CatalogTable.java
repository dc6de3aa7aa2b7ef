package io.secateur.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A catalog's models as {@code catalog.csv} (RFC 4180), in the order of the report. */
public final class CatalogTable {
  /** The file's name. */
  public static final String FILE = "catalog.csv";

  private static final String HEADER =
      "model,source,version,status,reason,weightsBefore,weightsAfter,bytesBefore,bytesAfter,"
          + "errorBefore,errorAfter,seconds";

  private CatalogTable() {}

  /** The file's bytes; what is not known is empty. */
  public static byte[] toCsv(CatalogReport report) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    report.models().forEach(model -> lines.add(line(model)));
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String line(CatalogReport.Model model) {
    return Stream.of(
            model.model(),
            model.source(),
            model.version(),
            model.status().wireName(),
            model.reason(),
            model.weightsBefore(),
            model.weightsAfter(),
            model.bytesBefore(),
            model.bytesAfter(),
            model.errorBefore(),
            model.errorAfter(),
            model.seconds())
        .map(value -> quoted(Objects.toString(value, "")))
        .collect(Collectors.joining(","));
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(character -> ",\"\n\r".indexOf(character) >= 0);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
