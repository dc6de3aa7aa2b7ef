package io.secateur.job;

import io.secateur.data.LabelledImages;
import io.secateur.error.UsageException;
import io.secateur.network.ActivationProbe;
import io.secateur.network.LayerActivity;
import io.secateur.network.NetworkParameters;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.train.Predictor;
import java.util.List;

/** How active the layers of a network are on the validation rows. */
final class Activations {
  private Activations() {}

  /** By layer; empty for a network with layers that only DL4J runs. */
  static List<LayerActivity> measure(
      Topology topology, NetworkParameters parameters, LabelledImages rows) {
    ActivationProbe probe;
    try {
      probe = SparseNetwork.of(topology, parameters).probe();
    } catch (UsageException e) {
      return List.of();
    }
    int pixels = rows.pixelsPerRow();
    for (int first = 0; first < rows.count(); first += Predictor.BATCH) {
      int count = Math.min(Predictor.BATCH, rows.count() - first);
      float[] raw = new float[count * pixels];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = rows.pixels()[first * pixels + i] & 0xFF;
      }
      probe.add(raw, count);
    }
    return probe.layers();
  }
}
