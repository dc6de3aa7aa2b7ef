package io.secateur.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.report.JobResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rates of Han et al. 2015 and beyond, re-run: means over seeds, the worst beside them,
 * whatever they are; a mark that is missed fails, an aim is only printed. {@code
 * -Dsecateur.paper.only} is a pattern for names, {@code -Dsecateur.paper.seeds} a list, such as
 * 1,2,3.
 */
class MarksPaper {
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("secateur.paper.only", ""));
  private static final List<Long> SEEDS =
      Stream.of(System.getProperty("secateur.paper.seeds", "1,2,3").split(",", -1))
          .map(Long::valueOf)
          .toList();

  @TempDir private Path folder;

  @Test
  void everyMarkIsReached() throws IOException {
    PaperRuns runs = new PaperRuns(folder);
    MarkdownTable table =
        new MarkdownTable(
            "paper-marks.md", "what", "rate", "test error %, mean", "worst", "at most", "");
    List<String> missed = new ArrayList<>();
    for (Mark mark : Mark.all()) {
      if (!ONLY.matcher(mark.name()).find()) {
        continue;
      }
      List<Double> errors = new ArrayList<>();
      double rate = 0;
      for (long seed : SEEDS) {
        boolean dense = mark.stage() == Mark.Stage.DENSE;
        JobResult result =
            dense
                ? runs.dense(mark.file(), seed, mark.sets())
                : runs.pruned(mark.file(), seed, mark.sets());
        errors.add(dense ? result.dense().testErrorPercent() : result.pruned().testErrorPercent());
        rate += (dense ? 1 : result.compression().weights()) / SEEDS.size();
      }
      double mean = mean(errors);
      double allowed = allowed(runs, mark, mean);
      boolean reached = mean <= allowed + 1e-9;
      table.row(
          mark.name(),
          String.format(Locale.ROOT, "%.1fx", rate),
          String.format(Locale.ROOT, "%.3f", mean),
          String.format(Locale.ROOT, "%.2f", errors.stream().max(Double::compare).orElseThrow()),
          String.format(Locale.ROOT, "%.2f", allowed),
          reached ? "reached" : mark.kind() == Mark.Kind.AIM ? "aim missed" : "MISSED");
      if (!reached && mark.kind() == Mark.Kind.MARK) {
        missed.add(mark.name());
      }
    }
    assertThat(table.rows()).as("marks that match %s", ONLY).isPositive();
    assertThat(missed).as("marks that were missed").isEmpty();
  }

  /** The mark, or the error of a dense run of as many epochs where that is larger and asked for. */
  private static double allowed(PaperRuns runs, Mark mark, double mean) {
    if (mean <= mark.percent() || mark.denseEpochs() == 0) {
      return mark.percent();
    }
    List<Double> errors = new ArrayList<>();
    for (long seed : SEEDS) {
      List<String> sets = new ArrayList<>(mark.sets());
      sets.add("train.epochs=" + mark.denseEpochs());
      errors.add(runs.dense(mark.file(), seed, sets).dense().testErrorPercent());
    }
    return Math.max(mark.percent(), mean(errors));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
