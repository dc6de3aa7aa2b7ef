package io.secateur.cli;

import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads every byte of a store. */
@Command(
    name = "verify",
    description = "Read every byte of all models, or of those named, and compare it with its hash.")
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(
      paramLabel = "NAME|MODEL",
      arity = "0..*",
      description = "name (all its versions and tags), name@version or name@tag.")
  private List<String> models = new ArrayList<>();

  VerifyCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints. */
  record Outcome(int versions, long files, long bytes, List<DamageView> damaged) {
    static Outcome of(Verification verification) {
      return new Outcome(
          verification.versions(),
          verification.files(),
          verification.bytes(),
          verification.damages().stream().map(DamageView::of).toList());
    }
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    List<ModelReference> references = models.stream().map(ModelReference::parse).toList();
    ModelStore store = flags.store().open(flags.store().root());
    StoreMaintenance maintenance = store.maintenance();
    TextTable table =
        new TextTable()
            .text("model")
            .number("versions")
            .number("files")
            .number("bytes")
            .number("damaged");
    Verification all = Verification.NONE;
    for (ModelReference reference : references.isEmpty() ? everything(maintenance) : references) {
      Verification one = verify(store, maintenance, reference);
      table.row(
          reference.toString(),
          Figures.count(one.versions()),
          Figures.count(one.files()),
          Figures.count(one.bytes()),
          Figures.count(one.damages().size()));
      all = all.plus(one);
    }
    if (flags.json()) {
      console.answer(ModelFlags.toJson(Outcome.of(all)));
    } else {
      print(all, table);
    }
    return all.damages().isEmpty() ? ExitCodes.DONE : ExitCodes.STORE;
  }

  private static List<ModelReference> everything(StoreMaintenance maintenance) {
    return maintenance.models().stream().map(ModelReference::highest).toList();
  }

  private static Verification verify(
      ModelStore store, StoreMaintenance maintenance, ModelReference reference) {
    return reference.number().isPresent() || reference.tag().isPresent()
        ? maintenance.verify(store.resolve(reference))
        : maintenance.verify(reference.model());
  }

  private void print(Verification all, TextTable table) {
    if (all.versions() > 0) {
      console.say(table.lines());
    }
    all.damages().forEach(damage -> console.answer(damage.problem().line()));
    console.answer(
        "verified "
            + Figures.count(all.versions())
            + " versions, "
            + Figures.count(all.files())
            + " files, "
            + Figures.count(all.bytes())
            + " bytes: "
            + (all.damages().isEmpty()
                ? "all as published"
                : Figures.count(all.damages().size()) + " damaged"));
  }
}
