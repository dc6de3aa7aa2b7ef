package io.secateur.sensitivity;

import io.secateur.data.LabelledImages;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.engine.NativeEngine;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/** What all cells of a sweep share and every executor is sent once: network, parameters, rows. */
final class SweepSubject implements Serializable {
  private static final long serialVersionUID = 1L;

  private final UUID id = UUID.randomUUID();
  private final NativeEngine engine;
  private final NetworkDefinition network;
  private final float[] weights;
  private final float[] others;
  private final List<String> layers;
  private final LabelledImages rows;
  private final ShortRetraining retraining;

  /**
   * @param layers with weights, in canonical order
   * @param rows to count errors on
   * @param retraining of each cell before; null for none
   */
  SweepSubject(
      NativeEngine engine,
      NetworkDefinition network,
      NetworkParameters parameters,
      List<String> layers,
      LabelledImages rows,
      ShortRetraining retraining) {
    this.engine = engine;
    this.network = network;
    this.weights = parameters.weights();
    this.others = parameters.others();
    this.layers = List.copyOf(layers);
    this.rows = rows;
    this.retraining = retraining;
  }

  /** Unique among all sweeps. */
  UUID id() {
    return id;
  }

  NativeEngine engine() {
    return engine;
  }

  NetworkDefinition network() {
    return network;
  }

  /** Null for none. */
  ShortRetraining retraining() {
    return retraining;
  }

  Topology topology() {
    return network.topology();
  }

  /** Not a copy. */
  NetworkParameters parameters() {
    return NetworkParameters.wrapping(ParameterLayout.of(topology()), weights, others);
  }

  List<String> layers() {
    return layers;
  }

  LabelledImages rows() {
    return rows;
  }
}
