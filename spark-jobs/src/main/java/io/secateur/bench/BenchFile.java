package io.secateur.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code bench.json}: an array of rows. */
public final class BenchFile {
  /** The file's name. */
  public static final String NAME = "bench.json";

  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private BenchFile() {}

  /**
   * Writes the rows into a folder that exists.
   *
   * @return the file
   * @throws JobFailedException if it can't be written
   */
  public static Path write(Path out, List<BenchRow> rows) {
    Path file = out.resolve(NAME);
    try {
      String json = WRITER.writeValueAsString(rows) + "\n";
      Files.write(file, json.getBytes(StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              file + " that can't be written (" + e.getMessage() + ")",
              "a folder to write it to",
              "make it writable, or name another with --out"),
          e);
    }
  }
}
