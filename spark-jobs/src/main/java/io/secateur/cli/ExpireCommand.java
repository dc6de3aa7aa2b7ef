package io.secateur.cli;

import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import io.secateur.store.Expiry;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StoreMaintenance;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns old versions into tombstones. */
@Command(
    name = "expire",
    description = {
      "Expire all but the last versions of a model. Versions with a tag and parents of those that "
          + "stay do not expire.",
      "An expired version keeps its number, provenance and hashes and is not read any more; models "
          + "gc removes its payload."
    })
final class ExpireCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(paramLabel = "NAME", description = "The model.")
  private String model;

  @Option(
      names = "--keep-last",
      paramLabel = "N",
      required = true,
      description = "How many of the highest live versions stay, at least 1.")
  private int keepLast;

  @Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
  private boolean dryRun;

  ExpireCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints: what was done, or with {@code --dry-run} would be. */
  record Outcome(String model, boolean dryRun, List<Integer> expired, List<Kept> kept) {
    record Kept(int version, String reason) {}

    static Outcome of(Expiry expiry, boolean dryRun) {
      return new Outcome(
          expiry.model(),
          dryRun,
          expiry.expired().stream().map(ModelVersion::number).toList(),
          expiry.kept().entrySet().stream()
              .map(kept -> new Kept(kept.getKey().number(), kept.getValue()))
              .toList());
    }
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    Names.requireModel(model);
    StoreMaintenance maintenance = flags.store().open(flags.store().root()).maintenance();
    Expiry plan = maintenance.planExpiry(model, keepLast);
    Expiry outcome = dryRun ? plan : maintenance.expire(plan);
    if (flags.json()) {
      console.answer(ModelFlags.toJson(Outcome.of(outcome, dryRun)));
    } else {
      print(outcome);
    }
    return ExitCodes.DONE;
  }

  private void print(Expiry outcome) {
    SortedMap<ModelVersion, String> reasons = new TreeMap<>(outcome.kept());
    outcome.expired().forEach(version -> reasons.put(version, null));
    TextTable table = new TextTable().text("version").text("state").text("because");
    reasons.forEach(
        (version, reason) ->
            table.row(version.toString(), reason == null ? expires() : "stays", reason));
    console.say(table.lines());
    String versions =
        Figures.count(outcome.expired().size())
            + (outcome.expired().size() == 1 ? " version" : " versions");
    console.answer(
        dryRun
            ? "would expire " + versions + " of " + model + "; nothing was changed"
            : "expired " + versions + " of " + model);
  }

  private String expires() {
    return dryRun ? "would expire" : "expired";
  }
}
