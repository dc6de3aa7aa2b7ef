package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.error.UsageException;
import io.secateur.network.Topology;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningScope;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of a job file that span keys, which a schema can't say well. */
final class JobRules {
  private static final List<String> SOURCES = List.of("network", "from", "from-file");
  private static final List<String> CRITERIA = List.of("sparsity", "quality", "threshold", "plan");

  private JobRules() {}

  static void check(JobDocument document) {
    one(document, "", SOURCES);
    data(document);
    if (document.has("/prune")) {
      one(document, "/prune", CRITERIA);
      scope(document);
      startSparsity(document);
      plan(document);
    }
    levels(document);
    ascending(document, "/tradeoff/sparsity");
  }

  private static void one(JobDocument document, String section, List<String> keys) {
    List<String> found = keys.stream().filter(key -> document.has(section + "/" + key)).toList();
    String in = section.isEmpty() ? "" : " in " + JobDocument.dotted(section);
    if (found.isEmpty()) {
      throw new UsageException(
          "none of %s%s (%s)".formatted(String.join(", ", keys), in, document.where(section)),
          "one of them",
          "add one");
    }
    if (found.size() > 1) {
      throw both(document, section + "/" + found.get(0), section + "/" + found.get(1));
    }
  }

  private static UsageException both(JobDocument document, String one, String other) {
    return new UsageException(
        "%s (%s) and %s (%s)"
            .formatted(
                JobDocument.dotted(one),
                document.where(one),
                JobDocument.dotted(other),
                document.where(other)),
        "one of the two",
        "take one away");
  }

  private static void data(JobDocument document) {
    boolean train = document.has("/data/train");
    boolean test = document.has("/data/test");
    if (document.has("/data/source") && (train || test)) {
      throw both(document, "/data/source", train ? "/data/train" : "/data/test");
    }
    if (train != test) {
      String there = train ? "train" : "test";
      String missing = train ? "test" : "train";
      throw new UsageException(
          "data.%s without data.%s (%s)"
              .formatted(there, missing, document.where("/data/" + there)),
          isParquet(document) ? "both, each a file or folder" : "both, each with images and labels",
          "add data.%s".formatted(missing));
    }
    parquet(document);
  }

  private static boolean isParquet(JobDocument document) {
    return "parquet".equals(document.at("/data/format").textValue());
  }

  private static void parquet(JobDocument document) {
    JsonNode shape = document.at("/data/shape");
    if (isParquet(document)) {
      if (document.has("/data/source")) {
        throw both(document, "/data/format", "/data/source");
      }
      if (!document.has("/data/train")) {
        throw new UsageException(
            "data.format parquet without data.train and data.test (%s)"
                .formatted(document.where("/data/format")),
            "both, each a file or folder",
            "add them");
      }
    } else if (!shape.isMissingNode()) {
      throw new UsageException(
          "data.shape with data.format idx (%s)".formatted(document.where("/data/shape")),
          "data.shape with format: parquet only: IDX files say their shape",
          "take it away");
    }
  }

  private static String criterion(JobDocument document) {
    return CRITERIA.stream().filter(key -> document.has("/prune/" + key)).findFirst().orElseThrow();
  }

  private static void scope(JobDocument document) {
    PruningScope scope =
        WireNames.parse(PruningScope.class, document.at("/prune/scope").asText("per-layer"));
    String criterion = criterion(document);
    String pointer = "/prune/" + criterion;
    JsonNode value = document.at(pointer);
    boolean hasMeaning =
        switch (scope) {
          case PER_LAYER -> true;
          case GLOBAL -> !Set.of("quality", "plan").contains(criterion) && value.size() <= 1;
          case LAYER_ADAPTIVE -> "sparsity".equals(criterion) && value.size() <= 1;
        };
    if (!hasMeaning) {
      throw new UsageException(
          "prune.%s%s with scope %s (%s)"
              .formatted(
                  criterion,
                  value.size() > 1 ? " per layer" : "",
                  scope.wireName(),
                  document.where(pointer)),
          scope == PruningScope.GLOBAL
              ? "one sparsity or one threshold for all layers"
              : "one sparsity for all layers",
          "use it, or scope: per-layer");
    }
    if (scope == PruningScope.PER_LAYER && document.has("/prune/exclude")) {
      throw new UsageException(
          "prune.exclude with scope per-layer (%s)".formatted(document.where("/prune/exclude")),
          "exclude with scope global or layer-adaptive only",
          "give the layer a %s of 0 instead".formatted(criterion));
    }
  }

  private static void plan(JobDocument document) {
    boolean target = document.has("/prune/target");
    if (target != document.has("/prune/plan")) {
      throw new UsageException(
          "prune.%s (%s)"
              .formatted(
                  target ? "target without prune.plan" : "plan without prune.target",
                  document.where(target ? "/prune/target" : "/prune/plan")),
          "plan: auto with target: {sparsity: S} or {error-budget-points: P}",
          target ? "add prune.plan: auto" : "add prune.target");
    }
    if (target) {
      one(document, "/prune/target", List.of("sparsity", "error-budget-points"));
    }
  }

  private static void levels(JobDocument document) {
    if (!document.has("/sweep/levels")) {
      return;
    }
    List<String> kinds = List.of("sparsity", "quality");
    one(document, "/sweep/levels", kinds);
    kinds.forEach(kind -> ascending(document, "/sweep/levels/" + kind));
  }

  private static void ascending(JobDocument document, String pointer) {
    JsonNode levels = document.at(pointer);
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).decimalValue().compareTo(levels.get(i - 1).decimalValue()) <= 0) {
        throw new UsageException(
            "%s after %s in %s (%s)"
                .formatted(
                    levels.get(i),
                    levels.get(i - 1),
                    JobDocument.dotted(pointer),
                    document.where(pointer)),
            "levels that ascend",
            "sort them");
      }
    }
  }

  private static void startSparsity(JobDocument document) {
    String pointer = "/prune/schedule/start-sparsity";
    BigDecimal start = document.at(pointer).decimalValue();
    if (start.signum() == 0) {
      return;
    }
    String criterion = criterion(document);
    if (!"sparsity".equals(criterion)) {
      throw new UsageException(
          "start-sparsity with prune.%s (%s)".formatted(criterion, document.where(pointer)),
          "start-sparsity with prune.sparsity only",
          "take it away");
    }
    JsonNode target = document.at("/prune/sparsity");
    BigDecimal lowest = target.isObject() ? null : target.decimalValue();
    for (Iterator<JsonNode> values = target.elements(); values.hasNext(); ) {
      BigDecimal value = values.next().decimalValue();
      lowest = lowest == null ? value : lowest.min(value);
    }
    if (start.compareTo(lowest) > 0) {
      throw new UsageException(
          "start-sparsity %s above the target %s (%s)"
              .formatted(start.toPlainString(), lowest.toPlainString(), document.where(pointer)),
          "a start at or below every target",
          "lower it");
    }
  }

  /** Layer names of a network that ships are known already now: the message can name the line. */
  static void checkLayers(JobDocument document, JobOptions options) {
    if (options.prune() == null || !(options.source() instanceof Source.Shipped shipped)) {
      return;
    }
    Topology topology = shipped.network().topology();
    Set<String> layers = JobOptions.prunableLayers(topology);
    for (PruneOptions.LayerUse use : options.prune().unknownLayers(layers)) {
      String pointer = "/prune/" + use.key();
      String where = document.where(pointer);
      for (Map.Entry<String, JsonNode> field : document.at(pointer).properties()) {
        if (field.getKey().equals(use.layer())) {
          where = document.where(pointer + "/" + use.layer());
        }
      }
      throw new UsageException(JobOptions.unknownLayer(use, layers, where));
    }
    options.resolveAgainst(topology);
  }
}
