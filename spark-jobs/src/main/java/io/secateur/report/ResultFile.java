package io.secateur.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes {@code result.json} into a job's out folder. */
public final class ResultFile {
  /** The file's name. */
  public static final String NAME = "result.json";

  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private ResultFile() {}

  /**
   * Creates the out folder where it is missing and makes sure that files can be written there.
   *
   * @throws JobFailedException if they can't
   */
  public static void requireWritable(Path out) {
    try {
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, ".probe-", ""));
    } catch (IOException e) {
      throw notWritable(out, e);
    }
  }

  /**
   * Writes the result, replacing an earlier one as a whole: a reader never sees half of it.
   *
   * @return the file
   * @throws JobFailedException if the folder can't be written
   */
  public static Path write(Path out, JobResult result) {
    return write(out, NAME, toBytes(result));
  }

  /**
   * Writes a file that belongs to the result in the same way.
   *
   * @param name the file's name
   * @return the file
   * @throws JobFailedException if the folder can't be written
   */
  public static Path write(Path out, String name, byte[] content) {
    Path file = out.resolve(name);
    try {
      Files.createDirectories(out);
      Path temp = Files.createTempFile(out, "." + name + "-", "");
      try {
        Files.write(temp, content);
        Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temp);
      }
    } catch (IOException e) {
      throw notWritable(out, e);
    }
    return file;
  }

  /** The file's bytes: indented JSON in UTF-8, closed by a line end. */
  public static byte[] toBytes(JobResult result) {
    try {
      return (WRITER.writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JobFailedException notWritable(Path out, IOException cause) {
    Problem problem =
        new Problem(
            "the out folder " + out + " that can't be written (" + reason(cause) + ")",
            "a folder to write result.json and the log to",
            "make it writable, or name another with --out");
    return new JobFailedException(problem, cause);
  }

  /** "AccessDeniedException: /x" says more than "/x", which is all that the message holds. */
  private static String reason(IOException cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
