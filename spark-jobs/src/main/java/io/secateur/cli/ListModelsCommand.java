package io.secateur.cli;

import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All versions in a store. */
@Command(name = "list", description = "List the versions of all models.")
final class ListModelsCommand implements Callable<Integer> {
  /** The figure that a job publishes with its version. */
  static final String TEST_ERROR = "testErrorPercent";

  private final Console console;

  @Mixin private ModelFlags flags;

  ListModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    URI root = flags.store().root();
    List<VersionView> versions = VersionView.all(flags.store().open(root));
    if (flags.json()) {
      console.answer(ModelFlags.toJson(versions));
    } else if (versions.isEmpty()) {
      console.answer("no models in " + root);
    } else {
      table(versions).lines().forEach(console::answer);
    }
    return ExitCodes.DONE;
  }

  private static TextTable table(List<VersionView> versions) {
    TextTable table =
        new TextTable()
            .text("version")
            .text("stage")
            .number("weights")
            .number("surviving")
            .number("times")
            .number("error %")
            .number("bytes")
            .text("created")
            .text("tags");
    for (VersionView version : versions) {
      table.row(
          version.model() + "@" + version.version(),
          version.stage(),
          Figures.count(version.weights()),
          Figures.count(version.surviving()),
          version.compression() == null ? null : Figures.times(version.compression()),
          testError(version),
          Figures.count(version.bytes()),
          version.created(),
          String.join(", ", version.tags()));
    }
    return table;
  }

  static String testError(VersionView version) {
    return version.figures().get(TEST_ERROR) instanceof Number error
        ? Figures.percentDigits(error.doubleValue())
        : null;
  }
}
