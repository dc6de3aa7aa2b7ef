package io.secateur.cli;

import io.secateur.job.VersionFigures;
import io.secateur.report.ClosingTable;
import io.secateur.report.Figures;
import io.secateur.report.HistogramView;
import io.secateur.report.PaperTable;
import io.secateur.report.TextTable;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One version: its tensors and where it comes from. */
@Command(name = "show", description = "Show a version: its layers, bytes and provenance.")
final class ShowModelCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(
      paramLabel = "MODEL",
      description = "name (its highest version), name@version or name@tag.")
  private String model;

  @Option(
      names = "--histograms",
      description = "Also plot how the weights of each layer are spread, before and after.")
  private boolean histograms;

  @Option(
      names = "--paper",
      description = "Also set the layers beside those of Han et al. 2015, of a network they have.")
  private boolean paper;

  ShowModelCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    ModelReference reference = ModelReference.parse(model);
    ModelStore store = flags.store().open(flags.store().root());
    ModelVersion version = store.resolve(reference);
    ModelManifest manifest = store.manifest(version);
    VersionView.Details details =
        VersionView.Details.of(
            manifest,
            store.tags(version.model()),
            store.expired(version.model()).contains(version));
    if (flags.json()) {
      console.answer(ModelFlags.toJson(details));
    } else {
      print(details);
    }
    return ExitCodes.DONE;
  }

  private void print(VersionView.Details details) {
    VersionView summary = details.summary();
    TextTable facts =
        new TextTable()
            .text("version")
            .text(summary.model() + "@" + summary.version())
            .row("state", summary.state())
            .row("stage", summary.stage())
            .row("parent", summary.parent() == null ? "-" : summary.parent())
            .row("tags", summary.tags().isEmpty() ? "-" : String.join(", ", summary.tags()))
            .row("created", summary.created())
            .row("job", details.job())
            .row("seed", Long.toString(details.seed()))
            .row("partitions", Integer.toString(details.partitions()))
            .row("engine", details.engine())
            .row("weights", weights(summary))
            .row("bytes", Figures.count(summary.bytes()))
            .row("masks", details.hashes().masks())
            .row("parameters", details.hashes().parameters())
            .row("data", values(details.data()))
            .row("software", values(details.software()))
            .row("figures", values(figures(summary)));
    facts.lines().forEach(console::answer);
    console.answer("");
    ClosingTable.table(details.layers()).forEach(console::answer);
    console.answer("");
    if (histograms) {
      HistogramView.lines(details.layers()).forEach(console::answer);
      console.answer("");
    }
    if (paper) {
      PaperTable.beside(details.layers()).forEach(console::answer);
      console.answer("");
    }
    TextTable tensors =
        new TextTable()
            .text("tensor")
            .text("shape")
            .number("values")
            .number("non-zero")
            .number("density %")
            .text("encoding")
            .number("bytes", Figures.count(summary.bytes()));
    for (VersionView.Tensor tensor : details.tensors()) {
      long values =
          tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      tensors.row(
          tensor.name(),
          tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
          Figures.count(values),
          Figures.count(tensor.nonZeros()),
          values == 0 ? null : Figures.percentDigits(100.0 * tensor.nonZeros() / values),
          tensor.encoding(),
          Figures.count(tensor.bytes()));
    }
    tensors.lines().forEach(console::answer);
  }

  private static String weights(VersionView summary) {
    String rate = summary.compression() == null ? "" : ", " + Figures.times(summary.compression());
    return Figures.count(summary.surviving()) + " of " + Figures.count(summary.weights()) + rate;
  }

  /** Those that are not in the table of layers. */
  private static Map<String, Object> figures(VersionView summary) {
    Map<String, Object> figures = new TreeMap<>(summary.figures());
    figures.keySet().removeAll(VersionFigures.BY_LAYER);
    return figures;
  }

  private static String values(Map<String, ?> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
