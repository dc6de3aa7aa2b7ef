package io.secateur.cli;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tiny networks in a store. */
final class StoredSamples {
  /** fc.weight, fc.bias, the configuration and the manifest. */
  static final int FILES = 4;

  private static final Topology TOPOLOGY =
      Topology.of(
          Node.input("input", Shape.of(4), 1.0 / 255),
          Node.dense("fc", "input", 4, 2),
          Node.softmax("softmax", "fc", Shape.of(2)));

  private StoredSamples() {}

  static ModelVersion publish(ModelStore store, String model) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(TOPOLOGY));
    parameters.weights()[3] = 0.5f;
    ModelDraft draft =
        new ModelDraft(
            model,
            TOPOLOGY,
            parameters,
            EncodingPolicy.AUTO,
            "{}".getBytes(StandardCharsets.UTF_8),
            Map.of("fc", 8L));
    try (StagedModel staged = store.stage(draft)) {
      return staged.publish(
          new Provenance(
              null,
              "job",
              "pruned",
              Map.of(),
              Map.of(),
              1,
              2,
              "native",
              Map.of(),
              Map.of(ListModelsCommand.TEST_ERROR, 1.5)));
    }
  }
}
