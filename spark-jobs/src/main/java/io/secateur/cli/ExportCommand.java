package io.secateur.cli;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.report.Figures;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A version on its way out of the store. */
@Command(name = "export", description = "Write a version to a file.")
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(
      paramLabel = "MODEL",
      description = "name (its highest version), name@version or name@tag.")
  private String model;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "secateur",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ExportFormat format;

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "A new file.")
  private Path to;

  ExportCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints. */
  record Exported(String model, int version, String format, String file, long bytes) {}

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    ModelReference reference = ModelReference.parse(model);
    if (Files.exists(to)) {
      throw new UsageException(
          "--to " + to + ", which exists", "a new file", "choose another name, or remove it");
    }
    ModelStore store = flags.store().open(flags.store().root());
    ModelVersion version = store.resolve(reference);
    long bytes = write(store, version);
    if (flags.json()) {
      Exported exported =
          new Exported(version.model(), version.number(), format.toString(), to.toString(), bytes);
      console.answer(ModelFlags.toJson(exported));
    } else {
      console.answer("exported " + version + " to " + to + " (" + Figures.count(bytes) + " bytes)");
    }
    return ExitCodes.DONE;
  }

  /** Under another name until it is whole; its length in bytes. */
  private long write(ModelStore store, ModelVersion version) {
    Path target = to.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    try {
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
        format.write(store, version, out);
      }
      Files.move(part, target);
      return Files.size(target);
    } catch (IOException e) {
      throw new JobFailedException(
          new Problem(
              "no way to write " + to + " (" + e + ")",
              "a folder that this user can write to, with room for the version",
              "choose another file with --to"),
          e);
    } finally {
      remove(part);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // What went wrong before says more.
    }
  }
}
