package io.secateur.config;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.prune.PruneOptions;
import io.secateur.prune.PruningCriterion;
import io.secateur.schedule.Freeze;
import io.secateur.schedule.FreezeRule;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that a job is told, complete: defaults, job file and command line are resolved. The
 * same options, data and software give the same result.
 *
 * @param source where the network comes from
 * @param publishAs the model's name in the store
 * @param data what it is trained and judged on
 * @param store root of the model store, absolute
 * @param seed of initial weights, order of examples, shifts and dropout
 * @param partitions workers; part of the result, the same on every cluster
 * @param train dense training
 * @param roundMinibatches minibatches that a worker runs between two averages, at least 1
 * @param prune what to cut; null for a job that only trains
 * @param sweep of the sensitivity of layers
 * @param tradeoff the curves to draw; null for a job that draws none
 * @param retrain training between and after cuts
 * @param encoding how tensors are stored
 * @param kernels that the native engine trains layers with; what is not named, it chooses
 * @param laneBits width of the native engine's vectors on every host, 0 for plain Java; empty: the
 *     driver's own
 */
public record JobOptions(
    Source source,
    String publishAs,
    DataOptions data,
    URI store,
    long seed,
    int partitions,
    TrainOptions train,
    int roundMinibatches,
    PruneOptions prune,
    SweepOptions sweep,
    TradeoffOptions tradeoff,
    RetrainOptions retrain,
    EncodingPolicy encoding,
    Map<String, LayerKernel> kernels,
    OptionalInt laneBits) {
  /** Minibatches between two averages where a job file does not say. */
  public static final int DEFAULT_ROUND_MINIBATCHES = 50;

  /**
   * The prune section.
   *
   * @throws UsageException when the job file has none
   */
  public PruneOptions requirePrune() {
    if (prune == null) {
      throw new UsageException(
          new Problem(
              "no prune section in the job file",
              "prune with a criterion (sparsity, quality, threshold or plan) and a schedule",
              "add it, or run secateur train"));
    }
    return prune;
  }

  /**
   * The tradeoff section.
   *
   * @throws UsageException when the job file has none
   */
  public TradeoffOptions requireTradeoff() {
    if (tradeoff == null) {
      throw new UsageException(
          new Problem(
              "no tradeoff section in the job file",
              "tradeoff: {sparsity: [0.5, 0.9], …}; conf/tradeoff.yaml is one",
              "add it"));
    }
    return tradeoff;
  }

  /**
   * Checks these options against the network, once it is known.
   *
   * @return these options
   * @throws UsageException naming a layer that the network does not have, or when nothing is left
   *     to prune
   */
  public JobOptions resolveAgainst(Topology topology) {
    Set<String> layers = prunableLayers(topology);
    for (String layer : kernels.keySet()) {
      if (!layers.contains(layer)) {
        throw new UsageException(unknownLayer("kernel", layer, layers, "in the job file"));
      }
    }
    if (prune != null || tradeoff != null) {
      requireFreezable(topology, layers);
    }
    if (prune == null) {
      return this;
    }
    for (PruneOptions.LayerUse use : prune.unknownLayers(layers)) {
      throw new UsageException(unknownLayer(use, layers, "in the job file"));
    }
    if (prune.exclude().containsAll(layers)) {
      throw new UsageException(
          new Problem(
              "every layer with weights in prune.exclude",
              "at least one of %s outside it".formatted(String.join(", ", layers)),
              "shorten prune.exclude"));
    }
    return this;
  }

  private void requireFreezable(Topology topology, Set<String> layers) {
    Freeze freeze = retrain.freeze();
    for (String layer : freeze.unknownLayers(layers)) {
      throw new UsageException(unknownLayer("retrain.freeze", layer, layers, "in the job file"));
    }
    for (int turn = 0; turn < 2; turn++) {
      Set<String> frozen = freeze.layers(topology, turn);
      if (frozen.containsAll(layers) || (frozen.isEmpty() && freeze != FreezeRule.NONE)) {
        throw new UsageException(
            new Problem(
                "retrain.freeze %s, which freezes %s"
                    .formatted(freeze.toOptions(), frozen.isEmpty() ? "no layer" : "every layer"),
                "some of the layers with weights (%s), not all"
                    .formatted(String.join(", ", layers)),
                "name them: freeze: [%s]".formatted(layers.iterator().next())));
      }
    }
  }

  /**
   * These options with the engines that were chosen for them.
   *
   * @param chosenBits of the native engine; empty when neither is: then the key stays as it was
   */
  public JobOptions resolvedTo(
      EngineChoice training, EngineChoice retraining, OptionalInt chosenBits) {
    return with(
        train.on(training),
        prune,
        retrain.on(retraining),
        chosenBits.isPresent() ? chosenBits : laneBits);
  }

  /** These options with the criterion that a plan came to. */
  public JobOptions pruningBy(PruningCriterion criterion) {
    return pruning(prune.with(criterion));
  }

  /** These options with another prune section. */
  public JobOptions pruning(PruneOptions other) {
    return with(train, other, retrain, laneBits);
  }

  /** These options with the penalty of a tradeoff's variant, in training and in retraining. */
  public JobOptions penalised(TradeoffVariant.Penalty penalty) {
    double l1 = requireTradeoff().l1Of(penalty);
    double l2 = requireTradeoff().l2Of(penalty);
    return with(train.penalised(l1, l2), prune, retrain.penalised(l1, l2), laneBits);
  }

  private JobOptions with(
      TrainOptions otherTrain,
      PruneOptions otherPrune,
      RetrainOptions otherRetrain,
      OptionalInt otherBits) {
    return new JobOptions(
        source,
        publishAs,
        data,
        store,
        seed,
        partitions,
        otherTrain,
        roundMinibatches,
        otherPrune,
        sweep,
        tradeoff,
        otherRetrain,
        encoding,
        kernels,
        otherBits);
  }

  /** Layers with prunable weights, in canonical order. */
  static Set<String> prunableLayers(Topology topology) {
    Set<String> layers = new LinkedHashSet<>();
    for (ParameterTensor tensor : ParameterLayout.of(topology).weights()) {
      layers.add(tensor.layer());
    }
    return layers;
  }

  static Problem unknownLayer(PruneOptions.LayerUse use, Set<String> layers, String where) {
    return unknownLayer("prune." + use.key(), use.layer(), layers, where);
  }

  private static Problem unknownLayer(String key, String layer, Set<String> layers, String where) {
    return new Problem(
        "layer '%s' in %s (%s)".formatted(layer, key, where),
        "a layer of the network: %s".formatted(String.join(", ", layers)),
        Suggestions.didYouMean(layer, List.copyOf(layers)).orElse("correct the name"));
  }

  /** These options as a job file's keys and values, every one written out. */
  public Map<String, Object> toMap() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put(source.key(), source.value());
    options.put("publish-as", publishAs);
    options.put("data", data.toOptions());
    options.put("store", store.toString());
    options.put("seed", seed);
    options.put("partitions", partitions);
    options.put("train", train.toOptions());
    options.put("rounds", Map.of("minibatches", roundMinibatches));
    if (prune != null) {
      options.put("prune", prune.toOptions());
    }
    options.put("sweep", sweep.toOptions());
    if (tradeoff != null) {
      options.put("tradeoff", tradeoff.toOptions());
    }
    options.put("retrain", retrain.toOptions());
    options.put("encoding", WireNames.of(encoding));
    options.put("kernel", kernels.isEmpty() ? "auto" : kernelNames());
    options.put("lane-bits", laneBits.isPresent() ? laneBits.getAsInt() : "auto");
    return options;
  }

  private Map<String, String> kernelNames() {
    Map<String, String> names = new LinkedHashMap<>();
    kernels.forEach((layer, kernel) -> names.put(layer, kernel.wireName()));
    return names;
  }

  /** {@link #toMap()} as a job file: reading it gives equal options. */
  public String toYaml() {
    return JobFileWriter.yaml(toMap());
  }
}
