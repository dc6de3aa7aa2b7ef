package io.secateur.sensitivity;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.prune.CutRule;
import io.secateur.prune.PruningCriterion;
import io.secateur.prune.SweepLevels;
import io.secateur.prune.WeightGroup;
import io.secateur.prune.WeightRange;
import io.secateur.prune.WeightStatistics;
import io.secateur.tensor.Fraction;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Sparsity;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.engine.NativeEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures what it costs to prune each layer alone, at each level, by counting errors on validation
 * rows: a task of the cluster for each cell. A task is sent the mask of the cut layer and nothing
 * else, and starts from the activations that enter that layer, which its executor keeps; the errors
 * are those of a plain evaluation. With a {@link ShortRetraining} between cut and count every layer
 * moves, and the whole network is evaluated.
 *
 * <p>A level that cuts nothing of a layer is the network as it is: it is evaluated once.
 */
public final class SensitivitySweep {
  private final NetworkParameters parameters;
  private final Mask survivors;
  private final Map<String, Long> weightsBeforePruning;
  private final LabelledImages validation;
  private final List<WeightRange> ranges;
  private final Map<String, WeightStatistics> statistics = new LinkedHashMap<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final SweepSubject subject;

  /** One layer at one level, before it is measured. */
  private record Cut(int layer, Mask survivors, double sparsity, double threshold, String key) {}

  /**
   * A sweep that has not begun.
   *
   * @param network that the engine covers
   * @param survivors weights that are not pruned yet
   * @param weightsBeforePruning n of every layer
   * @param validation rows to count errors on
   * @param retraining of the cut network of each cell, before its errors are counted
   */
  public SensitivitySweep(
      NativeEngine engine,
      NetworkDefinition network,
      NetworkParameters parameters,
      Mask survivors,
      Map<String, Long> weightsBeforePruning,
      LabelledImages validation,
      SweepLevels levels,
      Optional<ShortRetraining> retraining) {
    this.parameters = parameters;
    this.survivors = survivors;
    this.weightsBeforePruning = weightsBeforePruning;
    this.validation = validation;
    this.ranges = WeightRange.of(parameters.layout());
    for (WeightRange range : ranges) {
      statistics.put(range.layer(), WeightStatistics.of(parameters.weights(), survivors, range));
    }
    Set<String> keys = new HashSet<>();
    for (int layer = 0; layer < ranges.size(); layer++) {
      for (PruningCriterion level : levels.criteria()) {
        Cut cut = cut(layer, level);
        if (keys.add(cut.key)) {
          cuts.add(cut);
        }
      }
    }
    this.subject =
        new SweepSubject(
            engine,
            network,
            parameters,
            ranges.stream().map(WeightRange::layer).toList(),
            validation,
            retraining.orElse(null));
  }

  private Cut cut(int layer, PruningCriterion level) {
    WeightRange range = ranges.get(layer);
    long before = weightsBeforePruning.get(range.layer());
    WeightGroup group =
        new WeightGroup(
            range.layer(), List.of(range), before, statistics.get(range.layer()).sigma());
    CutRule rule = level.rule(group, Sparsity.ZERO, Fraction.ONE);
    CutRule.Result result = rule.apply(parameters.weights(), survivors, List.of(range));
    Mask kept = result.mask().slice(range.from(), range.length());
    double sparsity = 1 - (double) kept.cardinality() / before;
    double threshold = result.threshold();
    String key = SensitivityTable.cell(range.layer(), sparsity, threshold, validation.count());
    return new Cut(layer, kept, sparsity, threshold, key);
  }

  /** The cells, the dense level counted for each layer. */
  public int cells() {
    return cuts.size();
  }

  /** The CSV of what is done of this sweep. */
  public byte[] toCsv(SensitivityTable table) {
    return table.toCsv(cuts.stream().map(Cut::key).toList());
  }

  /** The cells of this sweep that a table has. */
  public int done(SensitivityTable table) {
    return (int) cuts.stream().filter(cut -> table.errors(cut.key).isPresent()).count();
  }

  /**
   * Measures what is not done yet.
   *
   * @param table has the cells that are done, and receives the others
   * @param told is called after each cell, by another thread
   * @return a curve for each layer, in canonical order
   */
  public List<SensitivityCurve> run(
      JavaSparkContext spark, SensitivityTable table, Consumer<SensitivityTable> told) {
    List<Cut> open = cuts.stream().filter(cut -> table.errors(cut.key).isEmpty()).toList();
    List<Cut> uncut = open.stream().filter(this::isUncut).toList();
    List<Cut> tasks = new ArrayList<>(open);
    if (!uncut.isEmpty()) {
      // the cheapest one stands for all
      tasks.removeAll(uncut.subList(0, uncut.size() - 1));
    }
    List<SweepCell> cells =
        tasks.stream().map(cut -> new SweepCell(cut.layer, cut.survivors)).toList();
    SweepTasks.run(
        spark,
        subject,
        cells,
        (place, errors) -> {
          Cut measured = tasks.get(place);
          if (isUncut(measured)) {
            uncut.forEach(same -> table.put(same.key, errors));
          } else {
            table.put(measured.key, errors);
          }
          told.accept(table);
        });
    return curves(table);
  }

  private boolean isUncut(Cut cut) {
    WeightRange range = ranges.get(cut.layer);
    return cut.survivors.equals(survivors.slice(range.from(), range.length()));
  }

  private List<SensitivityCurve> curves(SensitivityTable table) {
    List<SensitivityCurve> curves = new ArrayList<>();
    for (int layer = 0; layer < ranges.size(); layer++) {
      int at = layer;
      String name = ranges.get(layer).layer();
      List<SensitivityPoint> points =
          cuts.stream()
              .filter(cut -> cut.layer == at)
              .map(
                  cut ->
                      new SensitivityPoint(
                          cut.sparsity,
                          cut.threshold,
                          validation.count(),
                          table.errors(cut.key).orElseThrow()))
              .toList();
      curves.add(
          new SensitivityCurve(name, weightsBeforePruning.get(name), statistics.get(name), points));
    }
    return curves;
  }
}
