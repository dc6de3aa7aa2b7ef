package io.secateur.cli;

import io.secateur.data.MnistDownload;
import io.secateur.store.JobFolders;
import io.secateur.store.Names;
import io.secateur.store.hadoop.Filesystems;
import io.secateur.store.hadoop.ModelStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkUserAppException;
import org.slf4j.LoggerFactory;

/**
 * The driver of a submitted job: {@code Submitted STORE JOB-ID KEEP|LEAVE MNIST|- OUT WORDS…}. It
 * fetches the job file that came along, and with KEEP puts what the job leaves in its out folder
 * into the store, for a submitter who does not have that folder.
 */
public final class Submitted {
  /** The job file in a job's folder. */
  static final String FILE = "submitted.yaml";

  /** Stands for the job file among the words. */
  static final String JOB_FILE = "{job-file}";

  /** Keep what is in the out folder. */
  static final String KEEP = "KEEP";

  /** Leave it there. */
  static final String LEAVE = "LEAVE";

  /** No MNIST came along. */
  static final String NONE = "-";

  private static final int PLACES = 5;
  private static final long MOST_KEPT_BYTES = 16L << 20;

  private Submitted() {}

  /**
   * Runs the command. It returns rather than exits, which YARN takes for a failure.
   *
   * @throws SparkUserAppException with the exit code, when that is not 0
   */
  public static void main(String[] args) throws IOException, SparkUserAppException {
    int code = run(List.of(args));
    if (code != ExitCodes.DONE) {
      throw new SparkUserAppException(code);
    }
  }

  private static int run(List<String> args) throws IOException {
    JobFolders jobs =
        ModelStores.open(URI.create(args.get(0)), Filesystems.UNPROVEN_ALLOWED).jobs();
    String jobId = args.get(1);
    Path out = Path.of(args.get(4));
    if (!args.get(3).equals(NONE)) {
      System.setProperty(MnistDownload.PLACE, args.get(3));
    }
    Path jobFile = Files.createTempFile("job-", ".yaml");
    try {
      jobs.read(jobId, FILE)
          .ifPresent(
              yaml -> {
                try {
                  Files.write(jobFile, yaml);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      List<String> words = new ArrayList<>(args.subList(PLACES, args.size()));
      words.replaceAll(word -> word.equals(JOB_FILE) ? jobFile.toString() : word);
      words.addAll(List.of("--job-id", jobId, "--out", out.toString()));
      return Commands.run(Console.ofProcess(), words.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(jobFile);
      if (args.get(2).equals(KEEP)) {
        keep(jobs, jobId, out);
      }
    }
  }

  private static void keep(JobFolders jobs, String jobId, Path out) {
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(Submitted::isKept).toList()) {
        jobs.write(jobId, file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(Submitted.class).warn("files of {} are not in the store", out, e);
    }
  }

  private static boolean isKept(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && Names.isFile(name)
        && !name.endsWith(".log")
        && file.toFile().length() <= MOST_KEPT_BYTES;
  }
}
