package io.secateur.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.UsageException;
import io.secateur.network.NodeKind;
import io.secateur.prune.FixedThreshold;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PruningCriterion;
import io.secateur.prune.PruningScope;
import io.secateur.prune.QualityParameter;
import io.secateur.prune.TargetSparsity;
import io.secateur.tensor.Shape;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the policy of a catalog. What is wrong is told like a job file's mistakes. */
public final class CatalogPolicyReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final TypeReference<TreeMap<String, Object>> MAP = new TypeReference<>() {};
  private static final List<String> CRITERIA = List.of("sparsity", "quality", "threshold");
  private static final List<String> OF_JOBS =
      List.of("data", "train", "rounds", "retrain", "seed", "partitions");
  private static final String HELP = "conf/catalog-policy.yaml explains every key";

  private final JobDocument document;

  private CatalogPolicyReader(JobDocument document) {
    this.document = document;
  }

  /**
   * Reads a file.
   *
   * @param file YAML in UTF-8
   * @param sets {@code key.path=value}
   * @throws UsageException when the file is missing or anything in it is wrong
   */
  public static CatalogPolicy read(Path file, List<String> sets) {
    return read(file.toString(), JobFileReader.bytes(file, "conf/catalog-policy.yaml"), sets);
  }

  /**
   * Reads a file's bytes.
   *
   * @param name of the file, for messages
   */
  public static CatalogPolicy read(String name, byte[] yaml, List<String> sets) {
    JobDocument document = YamlTree.document(name, yaml);
    sets.forEach(document::set);
    new JobSchema("schema/policy.schema.json", HELP).check(document);
    return new CatalogPolicyReader(document).policy();
  }

  private CatalogPolicy policy() {
    List<LayerRule> rules = new ArrayList<>();
    for (int i = 0; i < document.at("/rules").size(); i++) {
      rules.add(rule("/rules/" + i));
    }
    List<ModelRule> models = new ArrayList<>();
    String hash = hash();
    for (int i = 0; i < document.at("/models").size(); i++) {
      ModelRule model = model("/models/" + i);
      models.add(model);
      if (model.job().isPresent()) {
        // with places that mean the same wherever it is read again
        ((ObjectNode) document.at("/models/" + i))
            .set("data", JSON.valueToTree(model.job().get().data().toOptions()));
      }
    }
    JsonNode memory = document.at("/memory/per-executor-mebibytes");
    return new CatalogPolicy(
        rules,
        models,
        memory.isNumber() ? OptionalLong.of(memory.longValue() << 20) : OptionalLong.empty(),
        JSON.convertValue(document.root(), MAP),
        hash);
  }

  private String hash() {
    ObjectNode decisive = document.root().deepCopy();
    decisive.remove("memory");
    try {
      byte[] text = JSON.writeValueAsBytes(JSON.convertValue(decisive, MAP));
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("a tree that can't be written, or no SHA-256", e);
    }
  }

  private LayerRule rule(String at) {
    PruningScope scope =
        WireNames.parse(PruningScope.class, document.at(at + "/scope").asText("per-layer"));
    PruningCriterion criterion = criterion(at);
    if (!criterion.allows(scope)) {
      throw new UsageException(
          "%s with scope %s (%s)".formatted(criterion.key(), scope.wireName(), document.where(at)),
          scope == PruningScope.GLOBAL ? "sparsity or threshold" : "sparsity",
          "use it, or scope: per-layer");
    }
    return new LayerRule(
        glob(at + "/model"),
        glob(at + "/layer"),
        Optional.ofNullable(document.at(at + "/kind").textValue()).flatMap(NodeKind::named),
        document.at(at + "/weights/from").asLong(1),
        document.at(at + "/weights/to").asLong(Integer.MAX_VALUE),
        scope,
        criterion,
        WireNames.parse(EncodingPolicy.class, document.at(at + "/encoding").asText("auto")));
  }

  private String glob(String at) {
    String glob = document.at(at).asText("*");
    try {
      Globs.matches(glob, "any");
      return glob;
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "'%s' for %s (%s)".formatted(glob, JobDocument.dotted(at), document.where(at)),
          "a glob such as lenet-* or {alexnet,vgg-16}",
          "correct it");
    }
  }

  private PruningCriterion criterion(String at) {
    List<String> found = CRITERIA.stream().filter(key -> document.has(at + "/" + key)).toList();
    if (found.size() != 1) {
      throw new UsageException(
          "%s in %s (%s)"
              .formatted(
                  found.isEmpty() ? "no criterion" : String.join(" and ", found),
                  JobDocument.dotted(at),
                  document.where(at)),
          "one of " + String.join(", ", CRITERIA),
          found.isEmpty() ? "add one; sparsity: 0 leaves layers alone" : "take one away");
    }
    BigDecimal value = document.at(at + "/" + found.get(0)).decimalValue();
    return switch (found.get(0)) {
      case "sparsity" -> new TargetSparsity(PerLayer.all(new Sparsity(value)));
      case "quality" -> new QualityParameter(PerLayer.all(value));
      default -> new FixedThreshold(PerLayer.all(value));
    };
  }

  private ModelRule model(String at) {
    boolean data = document.has(at + "/data");
    for (String key : List.of("schedule", "error-budget-points")) {
      if (document.has(at + "/" + key) && !data) {
        throw new UsageException(
            "%s without data (%s)"
                .formatted(JobDocument.dotted(at + "/" + key), document.where(at + "/" + key)),
            "data beside it",
            "add data: {source: mnist}, or where the model's rows are");
      }
    }
    JsonNode budget = document.at(at + "/error-budget-points");
    return new ModelRule(
        glob(at + "/model"),
        input(at),
        data ? Optional.of(job(at)) : Optional.empty(),
        document.has(at + "/schedule") ? ModelRule.Retraining.SCHEDULED : ModelRule.Retraining.NONE,
        budget.isNumber() ? Optional.of(budget.decimalValue()) : Optional.empty());
  }

  private Optional<Shape> input(String at) {
    JsonNode dims = document.at(at + "/input");
    if (!dims.isArray()) {
      return Optional.empty();
    }
    int[] shape = new int[dims.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dims.get(i).intValue();
    }
    return Optional.of(Shape.of(shape));
  }

  /** A job file of what a model's rule has of one: it is checked as such. */
  private JobOptions job(String at) {
    ObjectNode job = document.root().objectNode();
    // the network and its targets are each model's own
    job.put("from", "model");
    for (String key : OF_JOBS) {
      if (document.has(at + "/" + key)) {
        job.set(key, document.at(at + "/" + key));
      }
    }
    ObjectNode prune = job.putObject("prune");
    prune.put("sparsity", 0);
    if (document.has(at + "/schedule")) {
      prune.set("schedule", document.at(at + "/schedule"));
    } else {
      prune.putObject("schedule").put("kind", "one-shot");
    }
    byte[] yaml =
        JobFileWriter.yaml(JSON.convertValue(job, new TypeReference<Map<String, Object>>() {}))
            .getBytes(StandardCharsets.UTF_8);
    return JobFileReader.read(
        "the job of %s, %s".formatted(JobDocument.dotted(at), document.where(at)),
        yaml,
        List.of(),
        CommandLineOverrides.none());
  }
}
