package io.secateur.cli;

import io.secateur.store.ModelArchive;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StagedModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An exported version on its way into a store, as the next version of its model. */
@Command(
    name = "import",
    description = "Publish a version from a file that models export has written.")
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(paramLabel = "FILE", description = "An exported version.")
  private Path file;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "The model to publish it as (default: the name it was exported under).")
  private String name;

  ImportCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints. */
  record Imported(String model, int version, String from, String file) {}

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    if (name != null) {
      Names.requireModel(name);
    }
    ModelStore store = flags.store().open(flags.store().root());
    try (ModelArchive archive = ModelArchive.open(file)) {
      ModelVersion from = archive.manifest().version();
      try (StagedModel staged = store.stage(archive, name == null ? from.model() : name)) {
        ModelVersion version = staged.publish(archive.provenance());
        if (flags.json()) {
          console.answer(
              ModelFlags.toJson(
                  new Imported(
                      version.model(), version.number(), from.toString(), file.toString())));
        } else {
          console.answer("imported " + version + " from " + file + " (exported as " + from + ")");
        }
        return ExitCodes.DONE;
      }
    }
  }
}
