package io.secateur.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.data.ImageShape;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.UsageException;
import io.secateur.network.ShippedNetwork;
import io.secateur.prune.AutoPlan;
import io.secateur.prune.DeadNeuronPolicy;
import io.secateur.prune.FixedThreshold;
import io.secateur.prune.PerLayer;
import io.secateur.prune.PlanTarget;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningCriterion;
import io.secateur.prune.PruningScope;
import io.secateur.prune.QualityParameter;
import io.secateur.prune.SweepLevels;
import io.secateur.prune.TargetSparsity;
import io.secateur.schedule.Freeze;
import io.secateur.schedule.FreezeRule;
import io.secateur.schedule.Gradual;
import io.secateur.schedule.Iterative;
import io.secateur.schedule.LearningRateDecay;
import io.secateur.schedule.OneShot;
import io.secateur.schedule.SparsitySchedule;
import io.secateur.tensor.Sparsity;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A checked document to options: the defaults stand here, and in the schema for editors. */
final class JobSections {
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final String DEFAULT_STORE = "./secateur-store";

  private final JobDocument document;

  JobSections(JobDocument document) {
    this.document = document;
  }

  JobOptions options(CommandLineOverrides overrides) {
    Source source = source();
    TrainOptions train = train();
    return new JobOptions(
        source,
        publishAs(source),
        data(),
        overrides.store().orElseGet(() -> location("/store", DEFAULT_STORE)),
        document.at("/seed").asLong(1),
        integer("/partitions", 2),
        train,
        integer("/rounds/minibatches", JobOptions.DEFAULT_ROUND_MINIBATCHES),
        document.has("/prune") ? prune() : null,
        new SweepOptions(sweepLevels(), sweepRetraining()),
        document.has("/tradeoff") ? tradeoff() : null,
        retrain(train),
        choice(EncodingPolicy.class, "/encoding", EncodingPolicy.AUTO),
        kernels(),
        document.at("/lane-bits").isNumber()
            ? OptionalInt.of(integer("/lane-bits", 0))
            : OptionalInt.empty());
  }

  private Source source() {
    if (document.has("/network")) {
      return new Source.Shipped(
          ShippedNetwork.named(document.at("/network").textValue()).orElseThrow());
    }
    if (document.has("/from")) {
      return new Source.Stored(document.at("/from").textValue());
    }
    return new Source.FromFile(location("/from-file", ""));
  }

  private String publishAs(Source source) {
    String name = document.at("/publish-as").asText(source.defaultName());
    if (!MODEL_NAME.matcher(name).matches()) {
      throw new UsageException(
          "no publish-as, and a file name that is no model name: '%s' (%s)"
              .formatted(name, document.where("/from-file")),
          "publish-as: a name of a-z 0-9 . _ -",
          "add it");
    }
    return name;
  }

  private DataOptions data() {
    DataLocation location = dataLocation();
    return new DataOptions(
        location,
        integer("/data/validation", 5000),
        document.has("/data/examples")
            ? OptionalInt.of(integer("/data/examples", 1))
            : OptionalInt.empty(),
        integer("/data/augment/shift-pixels", 0));
  }

  private DataLocation dataLocation() {
    if ("parquet".equals(document.at("/data/format").asText())) {
      return new DataLocation.Parquet(
          location("/data/train", ""), location("/data/test", ""), imageShape());
    }
    if (document.has("/data/train")) {
      return new DataLocation.Files(
          location("/data/train/images", ""),
          location("/data/train/labels", ""),
          location("/data/test/images", ""),
          location("/data/test/labels", ""));
    }
    return new DataLocation.Mnist();
  }

  private Optional<ImageShape> imageShape() {
    JsonNode shape = document.at("/data/shape");
    return shape.isArray()
        ? Optional.of(
            new ImageShape(
                shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue()))
        : Optional.empty();
  }

  private TrainOptions train() {
    return new TrainOptions(
        integer("/train/epochs", 20),
        integer("/train/batch-size", 64),
        number("/train/learning-rate", 0.1),
        number("/train/momentum", 0.9),
        number("/train/l1", 0),
        number("/train/l2", 1e-4),
        decay("/train/decay"),
        choice(Loop.class, "/train/loop", Loop.SECATEUR),
        choice(EngineChoice.class, "/train/engine", EngineChoice.AUTO));
  }

  private RetrainOptions retrain(TrainOptions train) {
    return new RetrainOptions(
        integer("/retrain/batch-size", train.batchSize()),
        number("/retrain/momentum", train.momentum()),
        choice(EngineChoice.class, "/retrain/engine", train.engine()),
        number("/retrain/learning-rate-factor", 0.1),
        decay("/retrain/hold-decay"),
        number("/retrain/l1", train.l1()),
        number("/retrain/l2", train.l2()),
        choice(DropoutPolicy.class, "/retrain/dropout", DropoutPolicy.ADJUST),
        freeze(),
        choice(Keep.class, "/retrain/keep", Keep.BEST));
  }

  private Freeze freeze() {
    JsonNode value = document.at("/retrain/freeze");
    if (!value.isArray()) {
      return choice(FreezeRule.class, "/retrain/freeze", FreezeRule.NONE);
    }
    Set<String> layers = new LinkedHashSet<>();
    value.forEach(layer -> layers.add(layer.textValue()));
    return new Freeze.Layers(layers);
  }

  private Map<String, LayerKernel> kernels() {
    Map<String, LayerKernel> kernels = new LinkedHashMap<>();
    document
        .at("/kernel")
        .fields()
        .forEachRemaining(
            layer ->
                kernels.put(
                    layer.getKey(),
                    WireNames.parse(LayerKernel.class, layer.getValue().textValue())));
    return kernels;
  }

  private LearningRateDecay decay(String pointer) {
    return switch (document.at(pointer + "/kind").asText("none")) {
      case "cosine" -> new LearningRateDecay.Cosine(number(pointer + "/to", 0));
      case "step" ->
          new LearningRateDecay.Step(
              integer(pointer + "/every", 1), number(pointer + "/factor", 1));
      default -> new LearningRateDecay.None();
    };
  }

  private PruneOptions prune() {
    Set<String> exclude = new LinkedHashSet<>();
    document.at("/prune/exclude").forEach(layer -> exclude.add(layer.textValue()));
    return new PruneOptions(
        choice(PruningScope.class, "/prune/scope", PruningScope.PER_LAYER),
        criterion(),
        exclude,
        schedule(),
        choice(DeadNeuronPolicy.class, "/prune/dead-neurons", DeadNeuronPolicy.KEEP));
  }

  private PruningCriterion criterion() {
    if (document.has("/prune/sparsity")) {
      return new TargetSparsity(perLayer("/prune/sparsity", Sparsity::new));
    }
    if (document.has("/prune/plan")) {
      JsonNode overall = document.at("/prune/target/sparsity");
      return new AutoPlan(
          overall.isNumber()
              ? new PlanTarget.Overall(new Sparsity(overall.decimalValue()))
              : new PlanTarget.ErrorBudget(
                  document.at("/prune/target/error-budget-points").decimalValue()));
    }
    if (document.has("/prune/quality")) {
      return new QualityParameter(perLayer("/prune/quality", Function.identity()));
    }
    return new FixedThreshold(perLayer("/prune/threshold", Function.identity()));
  }

  private Optional<SweepRetraining> sweepRetraining() {
    if (!document.has("/sweep/retrain")) {
      return Optional.empty();
    }
    return Optional.of(
        new SweepRetraining(
            integer("/sweep/retrain/epochs", 1),
            document.has("/sweep/retrain/examples")
                ? OptionalInt.of(integer("/sweep/retrain/examples", 1))
                : OptionalInt.empty()));
  }

  private TradeoffOptions tradeoff() {
    List<Sparsity> sparsities = new ArrayList<>();
    document
        .at("/tradeoff/sparsity")
        .forEach(value -> sparsities.add(new Sparsity(value.decimalValue())));
    List<TradeoffVariant> variants = new ArrayList<>();
    document
        .at("/tradeoff/variants")
        .forEach(name -> variants.add(WireNames.parse(TradeoffVariant.class, name.textValue())));
    return new TradeoffOptions(
        sparsities,
        choice(PruningScope.class, "/tradeoff/scope", PruningScope.GLOBAL),
        integer("/tradeoff/retrain-epochs", 4),
        number("/tradeoff/l1", 1e-5),
        number("/tradeoff/l2", 1e-4),
        variants.isEmpty() ? TradeoffVariant.PAPERS : variants);
  }

  private SweepLevels sweepLevels() {
    for (SweepLevels.Kind kind : SweepLevels.Kind.values()) {
      JsonNode values = document.at("/sweep/levels/" + WireNames.of(kind));
      if (values.isArray()) {
        List<BigDecimal> levels = new ArrayList<>();
        values.forEach(level -> levels.add(level.decimalValue()));
        return new SweepLevels(kind, levels);
      }
    }
    return SweepLevels.DEFAULT;
  }

  private <T> PerLayer<T> perLayer(String pointer, Function<BigDecimal, T> type) {
    JsonNode value = document.at(pointer);
    if (!value.isObject()) {
      return PerLayer.all(type.apply(value.decimalValue()));
    }
    Map<String, T> overrides = new LinkedHashMap<>();
    value.properties().stream()
        .filter(layer -> !layer.getKey().equals("default"))
        .forEach(
            layer -> overrides.put(layer.getKey(), type.apply(layer.getValue().decimalValue())));
    return new PerLayer<>(type.apply(value.get("default").decimalValue()), overrides);
  }

  private SparsitySchedule schedule() {
    String at = "/prune/schedule";
    int hold = integer(at + "/hold-epochs", 10);
    return switch (document.at(at + "/kind").textValue()) {
      case "one-shot" -> new OneShot(hold);
      case "iterative" ->
          new Iterative(integer(at + "/steps", 1), integer(at + "/every-epochs", 1), hold);
      default ->
          new Gradual(
              new Sparsity(document.at(at + "/start-sparsity").decimalValue()),
              integer(at + "/epochs", 1),
              integer(at + "/every-minibatches", 100),
              hold);
    };
  }

  private int integer(String pointer, int fallback) {
    JsonNode value = document.at(pointer);
    return value.isNumber() ? value.decimalValue().intValueExact() : fallback;
  }

  private double number(String pointer, double fallback) {
    JsonNode value = document.at(pointer);
    return value.isNumber() ? value.doubleValue() : fallback;
  }

  private <E extends Enum<E>> E choice(Class<E> type, String pointer, E fallback) {
    JsonNode value = document.at(pointer);
    return value.isTextual() ? WireNames.parse(type, value.textValue()) : fallback;
  }

  private URI location(String pointer, String fallback) {
    return Locations.uri(
        document.at(pointer).asText(fallback),
        "%s (%s)".formatted(JobDocument.dotted(pointer), document.where(pointer)));
  }
}
