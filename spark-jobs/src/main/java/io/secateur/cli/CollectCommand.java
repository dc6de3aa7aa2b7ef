package io.secateur.cli;

import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import io.secateur.store.Garbage;
import io.secateur.store.GracePeriod;
import io.secateur.store.StoreMaintenance;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what nobody needs. */
@Command(
    name = "gc",
    description =
        "Remove payload that no version names, and that of expired versions, once it is older than "
            + "the grace period. Safe while jobs publish.")
final class CollectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "At least 1h, such as 36h or 7d (default: 24h).")
  private String grace;

  @Option(names = "--dry-run", description = "Show what would be removed, and change nothing.")
  private boolean dryRun;

  CollectCommand(Console console) {
    this.console = console;
  }

  /** What {@code --json} prints: what was removed, or with {@code --dry-run} would be. */
  record Outcome(
      String grace, boolean dryRun, long bytes, List<Item> removed, List<DamageView> skipped) {
    record Item(String model, String path, String reason, long bytes, String since) {}

    static Outcome of(Garbage garbage, GracePeriod grace, boolean dryRun) {
      return new Outcome(
          grace.toString(),
          dryRun,
          garbage.bytes(),
          garbage.items().stream()
              .map(
                  item ->
                      new Item(
                          item.model(),
                          item.path(),
                          item.reason().toString(),
                          item.bytes(),
                          since(item)))
              .toList(),
          garbage.skipped().stream().map(DamageView::of).toList());
    }
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    GracePeriod period = grace == null ? GracePeriod.DEFAULT : GracePeriod.parse(grace);
    StoreMaintenance maintenance = flags.store().open(flags.store().root()).maintenance();
    Garbage found = maintenance.findGarbage(period);
    Garbage outcome = dryRun ? found : maintenance.collect(found, period);
    if (flags.json()) {
      console.answer(ModelFlags.toJson(Outcome.of(outcome, period, dryRun)));
    } else {
      print(outcome, period);
    }
    outcome.skipped().forEach(damage -> console.warn("skipped: " + damage.problem().line()));
    return outcome.skipped().isEmpty() ? ExitCodes.DONE : ExitCodes.STORE;
  }

  private void print(Garbage outcome, GracePeriod period) {
    if (!outcome.items().isEmpty()) {
      TextTable table =
          new TextTable()
              .text("path")
              .text("reason")
              .text("since")
              .number("bytes", Figures.count(outcome.bytes()));
      for (Garbage.Item item : outcome.items()) {
        table.row(item.path(), item.reason().toString(), since(item), Figures.count(item.bytes()));
      }
      console.say(table.lines());
    }
    console.answer(
        (dryRun ? "would remove " : "removed ")
            + Figures.count(outcome.items().size())
            + (outcome.items().size() == 1 ? " item, " : " items, ")
            + Figures.count(outcome.bytes())
            + " bytes (older than "
            + period
            + ")"
            + (dryRun ? "; nothing was changed" : ""));
  }

  private static String since(Garbage.Item item) {
    return item.since().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
