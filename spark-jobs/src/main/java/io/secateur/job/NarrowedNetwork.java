package io.secateur.job;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.prune.DeadNeuronPolicy;
import io.secateur.prune.DeadNeurons;
import io.secateur.prune.ReducedNetwork;
import io.secateur.report.Figures;
import io.secateur.report.JobListener;
import io.secateur.train.Engine;
import io.secateur.train.Evaluator;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.Predictor;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The network that a prune job publishes: survivors that became zero are out of the mask, and dead
 * neurons are out of the network where the job asks for it.
 *
 * @param definition of the network, narrower where neurons went
 * @param parameters of it
 * @param neuronsRemoved by layer; only layers that lost some
 */
record NarrowedNetwork(
    NetworkDefinition definition,
    NetworkParameters parameters,
    Map<String, Integer> neuronsRemoved) {

  /**
   * Makes it and tells the listener.
   *
   * @param parameters what pruning has left; survivors that are -0.0f become +0.0f in place
   * @param validation rows whose labels must stay as they are: where the rounding of sums changes
   *     one, all neurons stay
   */
  static NarrowedNetwork of(
      NetworkDefinition definition,
      NetworkParameters parameters,
      DeadNeuronPolicy policy,
      Engine engine,
      LabelledImages validation,
      JobListener listener) {
    // in the mask a zero is absent whatever its sign, in the codec only +0.0f is
    parameters.mask().zeroAbsent(parameters.weights());
    NarrowedNetwork whole = new NarrowedNetwork(definition, parameters, Map.of());
    if (policy == DeadNeuronPolicy.KEEP) {
      return whole;
    }
    ReducedNetwork reduced = DeadNeurons.remove(definition.topology(), parameters);
    if (!reduced.kept().isEmpty()) {
      listener.note("dead neurons stay where they can't be told: " + written(reduced.kept()));
    }
    if (reduced.removed().isEmpty()) {
      listener.note("no dead neurons found");
      return whole;
    }
    NarrowedNetwork narrowed =
        new NarrowedNetwork(
            Dl4jNetworks.resized(definition, reduced.topology()),
            reduced.parameters(),
            reduced.removed());
    int changed = differingLabels(engine, whole, narrowed, validation);
    if (changed > 0) {
      listener.warning(
          "dead neurons stay: without them rounding would change the labels of "
              + changed
              + " validation rows");
      return whole;
    }
    listener.note(
        "dead neurons removed: %s; %s -> %s parameters, the same labels on %s validation rows"
            .formatted(
                written(reduced.removed()),
                Figures.count(parameters.layout().parameterCount()),
                Figures.count(ParameterLayout.of(reduced.topology()).parameterCount()),
                Figures.count(validation.count())));
    return narrowed;
  }

  private static String written(Map<String, ?> layers) {
    return layers.entrySet().stream()
        .map(layer -> layer.getKey() + " " + layer.getValue())
        .collect(Collectors.joining(", "));
  }

  private static int differingLabels(
      Engine engine, NarrowedNetwork one, NarrowedNetwork other, LabelledImages rows) {
    float[] features = new float[Predictor.BATCH * rows.pixelsPerRow()];
    int differing = 0;
    try (Predictor first = engine.predictor(one.definition, one.parameters);
        Predictor second = engine.predictor(other.definition, other.parameters)) {
      int outputs = first.outputs();
      float[] before = new float[Predictor.BATCH * outputs];
      float[] after = new float[Predictor.BATCH * outputs];
      for (int from = 0; from < rows.count(); from += Predictor.BATCH) {
        int count = Math.min(Predictor.BATCH, rows.count() - from);
        rows.fill(from, count, features, new int[Predictor.BATCH]);
        first.predict(features, count, before);
        second.predict(features, count, after);
        for (int row = 0; row < count; row++) {
          int label = Evaluator.largest(before, row * outputs, outputs);
          differing += label == Evaluator.largest(after, row * outputs, outputs) ? 0 : 1;
        }
      }
    }
    return differing;
  }
}
