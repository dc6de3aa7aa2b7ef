package io.secateur.catalog;

import io.secateur.config.CatalogPolicy;
import io.secateur.config.LayerRule;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NodeKind;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.prune.LayerOutcome;
import io.secateur.prune.PruningScope;
import io.secateur.prune.ScopedCut;
import io.secateur.prune.WeightRange;
import io.secateur.tensor.Mask;
import io.secateur.train.dl4j.NetworkZip;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a model's layers by the rules of a policy while its tensors arrive: a layer as soon as it is
 * there, layers that compete as soon as all of them are.
 */
final class CutByRules implements NetworkZip.Destination {
  private final Map<String, Long> weightsBeforePruning;
  private final boolean prunedBefore;
  private final Map<ParameterTensor, Part> parts = new HashMap<>();
  private final Map<String, LayerOutcome> outcomes = new HashMap<>();
  private Sink sink;

  /** Takes tensors that are cut. */
  interface Sink {
    /**
     * Takes one; its values are overwritten or forgotten afterwards.
     *
     * @param values from {@code from} on
     */
    void take(ParameterTensor tensor, float[] values, int from, EncodingPolicy encoding);
  }

  /** Tensors that must be together, in canonical order, with the array that holds them. */
  private static final class Part {
    private final Optional<LayerRule> rule;
    private final Map<ParameterTensor, Integer> offsets = new LinkedHashMap<>();
    private int elements;
    private int missing;
    private float[] values;

    private Part(Optional<LayerRule> rule) {
      this.rule = rule;
    }

    private void add(ParameterTensor tensor) {
      offsets.put(tensor, elements);
      elements = Math.addExact(elements, tensor.elements());
      missing++;
    }

    private List<WeightRange> ranges() {
      Map<String, WeightRange> ranges = new LinkedHashMap<>();
      offsets.forEach(
          (tensor, offset) ->
              ranges.merge(
                  tensor.layer(),
                  new WeightRange(tensor.layer(), offset, tensor.elements()),
                  (one, more) ->
                      new WeightRange(one.layer(), one.from(), one.length() + more.length())));
      return List.copyOf(ranges.values());
    }
  }

  /**
   * A cut that waits for its first tensor.
   *
   * @param model the name that rules look at
   */
  CutByRules(String model, CatalogPolicy policy, ModelSource source) {
    this.weightsBeforePruning = source.weightsBeforePruning();
    this.prunedBefore = source.version().isPresent();
    ParameterLayout layout = source.layout();
    Map<Object, Part> shared = new HashMap<>();
    for (ParameterTensor tensor : layout.tensors()) {
      if (!tensor.isPrunable() || tensor.elements() == 0) {
        part(tensor, new Part(Optional.empty()));
        continue;
      }
      Optional<LayerRule> rule = rule(policy, model, tensor.kind(), layout, tensor.layer());
      boolean joint = rule.isPresent() && rule.get().scope() != PruningScope.PER_LAYER;
      part(
          tensor,
          shared.computeIfAbsent(joint ? rule.get() : tensor.layer(), key -> new Part(rule)));
    }
  }

  private static Optional<LayerRule> rule(
      CatalogPolicy policy, String model, NodeKind kind, ParameterLayout layout, String layer) {
    long weights =
        layout.weights().stream()
            .filter(one -> one.layer().equals(layer))
            .mapToLong(ParameterTensor::elements)
            .sum();
    return policy.rule(model, layer, kind, weights);
  }

  private void part(ParameterTensor tensor, Part part) {
    part.add(tensor);
    parts.put(tensor, part);
  }

  /**
   * The most bytes that this takes at any time: the values that are there, and what cutting and
   * encoding add to them.
   */
  long peakBytes(ModelSource source) {
    Map<Part, Integer> missing = new HashMap<>();
    long there = 0;
    long peak = 0;
    int begun = 0;
    for (ParameterTensor arrived : source.arriving()) {
      for (; begun <= source.begun().indexOf(arrived); begun++) {
        Part part = parts.get(source.begun().get(begun));
        if (missing.putIfAbsent(part, part.offsets.size()) == null) {
          there += (long) Float.BYTES * part.elements;
        }
      }
      Part part = parts.get(arrived);
      long largest =
          part.offsets.keySet().stream().mapToLong(ParameterTensor::elements).max().orElse(0);
      // masks of the part, and the largest tensor once more as it is encoded
      peak = Math.max(peak, there + part.elements / 2 + Float.BYTES * largest * 5 / 4);
      if (missing.merge(part, -1, Integer::sum) == 0) {
        there -= (long) Float.BYTES * part.elements;
      }
    }
    return peak;
  }

  /** Reads a model, cuts it, and hands all of its tensors over; works once. */
  void run(ModelSource source, Sink to) {
    sink = to;
    source.read(this);
  }

  @Override
  public float[] arrayOf(ParameterTensor tensor) {
    Part part = parts.get(tensor);
    if (part.values == null) {
      part.values = new float[part.elements];
    }
    return part.values;
  }

  @Override
  public int offsetOf(ParameterTensor tensor) {
    return parts.get(tensor).offsets.get(tensor);
  }

  @Override
  public void arrived(ParameterTensor tensor) {
    Part part = parts.get(tensor);
    if (--part.missing > 0) {
      return;
    }
    if (tensor.isPrunable() && part.elements > 0) {
      cut(part);
    }
    EncodingPolicy encoding = part.rule.map(LayerRule::encoding).orElse(EncodingPolicy.AUTO);
    float[] values = part.values;
    part.values = null;
    part.offsets.forEach((one, offset) -> sink.take(one, values, offset, encoding));
  }

  private void cut(Part part) {
    if (part.rule.isPresent()) {
      Mask survivors = prunedBefore ? Mask.ofNonZero(part.values) : Mask.full(part.values.length);
      LayerRule rule = part.rule.get();
      for (LayerOutcome outcome :
          ScopedCut.once(
                  rule.scope(),
                  rule.criterion(),
                  part.ranges(),
                  part.values,
                  survivors,
                  weightsBeforePruning)
              .layers()) {
        outcomes.put(outcome.layer(), outcome);
      }
    }
    // what was zero before leaves the mask, whatever its sign
    for (int i = 0; i < part.values.length; i++) {
      if (part.values[i] == 0) {
        part.values[i] = 0.0f;
      }
    }
  }

  /** What the rules left of the layers that one of them fits. */
  Map<String, LayerOutcome> outcomes() {
    return Collections.unmodifiableMap(outcomes);
  }

  /** The encodings that rules choose, by layer. */
  Map<String, EncodingPolicy> encodings() {
    Map<String, EncodingPolicy> encodings = new HashMap<>();
    parts.forEach(
        (tensor, part) ->
            part.rule.ifPresent(rule -> encodings.put(tensor.layer(), rule.encoding())));
    return encodings;
  }
}
