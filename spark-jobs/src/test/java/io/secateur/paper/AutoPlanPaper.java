package io.secateur.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.report.JobResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code plan: auto} beside one sparsity for every layer and one threshold for all, on the same
 * dense networks at equal weights: right after the cut, and after equal retraining.
 */
class AutoPlanPaper {
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("secateur.paper.only", ""));
  private static final Map<String, String> RATES = Map.of("12x", "0.916667", "25x", "0.96");

  /** Epochs of retraining: short, and the same for all. */
  private static final Map<String, Integer> EPOCHS = Map.of("lenet-300-100", 5, "lenet-5", 3);

  private static final List<String> UNSET =
      List.of("prune.quality=null", "retrain.keep=last", "retrain.hold-decay=none");

  private record Contestant(String name, List<String> sets) {}

  @TempDir private Path folder;

  private static List<Contestant> contestants(String sparsity) {
    List<String> planned = List.of("prune.plan=auto", "prune.target={sparsity: " + sparsity + "}");
    List<String> retrained = new ArrayList<>(planned);
    retrained.add("sweep.retrain={epochs: 1, examples: 5000}");
    return List.of(
        new Contestant("plan: auto", planned),
        new Contestant("plan: auto, cells retrained", retrained),
        new Contestant("uniform", List.of("prune.sparsity=" + sparsity)),
        new Contestant(
            "global threshold", List.of("prune.scope=global", "prune.sparsity=" + sparsity)));
  }

  @Test
  void atEqualWeights() throws IOException {
    PaperRuns runs = new PaperRuns(folder);
    MarkdownTable table =
        new MarkdownTable(
            "paper-auto-plan.md",
            "network",
            "rate",
            "chosen by",
            "validation error % after the cut",
            "after retraining",
            "test error %",
            "layers' densities %");
    for (String network : List.of("lenet-300-100", "lenet-5")) {
      for (String rate : List.of("12x", "25x")) {
        if (!ONLY.matcher(network + " " + rate).find()) {
          continue;
        }
        for (Contestant contestant : contestants(RATES.get(rate))) {
          List<String> sets = new ArrayList<>(UNSET);
          sets.addAll(contestant.sets());
          sets.add("prune.schedule={kind: one-shot, hold-epochs: " + EPOCHS.get(network) + "}");
          JobResult result = runs.pruned("paper/" + network + ".yaml", 1, sets);
          // at equal weights, but for survivors that became zero
          assertThat(result.compression().weights())
              .isBetween(Double.parseDouble(rate.replace("x", "")) * 0.999, 25.5);
          table.row(
              network,
              rate,
              contestant.name(),
              number(result.steps().get(0).validationErrorBefore()),
              number(result.steps().get(0).validationErrorAfter()),
              number(result.pruned().testErrorPercent()),
              String.join(
                  " / ",
                  result.layers().stream().map(layer -> number(100 * layer.density())).toList()));
        }
      }
    }
    assertThat(table.rows()).isPositive();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
