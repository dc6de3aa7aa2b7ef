package io.secateur.store.hadoop;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.Topology;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.tensor.Shape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;

/** A small network whose parameters tell which seed made them. */
final class Samples {
  static final Topology TOPOLOGY =
      Topology.of(
          Node.input("input", Shape.of(1, 8, 8), 1.0 / 255),
          Node.convolution("conv1", "input", Shape.of(1, 8, 8), 4, 3, 1, 0, 1),
          Node.flatten("flatten", "conv1", Shape.of(4, 6, 6)),
          Node.dense("fc1", "flatten", 144, 20),
          Node.relu("relu1", "fc1", Shape.of(20)),
          Node.dense("fc2", "relu1", 20, 3),
          Node.softmax("softmax", "fc2", Shape.of(3)));

  static final Map<String, Long> BEFORE = Map.of("conv1", 36L, "fc1", 2880L, "fc2", 60L);

  private Samples() {}

  /** A tenth of the weights is there, the biases count up from the seed. */
  static NetworkParameters parameters(int seed) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(TOPOLOGY));
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = parameters.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(10) == 0 ? (float) random.nextDouble(-1, 1) : 0f;
    }
    float[] others = parameters.others();
    for (int i = 0; i < others.length; i++) {
      others[i] = seed + i;
    }
    return parameters;
  }

  /** One dense layer, where many versions are published. */
  static final Topology TINY =
      Topology.of(
          Node.input("input", Shape.of(4), 1.0),
          Node.dense("fc", "input", 4, 3),
          Node.softmax("softmax", "fc", Shape.of(3)));

  static NetworkParameters tinyParameters(int seed) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(TINY));
    parameters.weights()[seed % 12] = seed;
    parameters.others()[0] = seed;
    return parameters;
  }

  static ModelDraft tinyDraft(String model, int seed) {
    return new ModelDraft(
        model,
        TINY,
        tinyParameters(seed),
        EncodingPolicy.AUTO,
        configuration(seed),
        Map.of("fc", 12L));
  }

  static byte[] configuration(int seed) {
    return ("{\"seed\": " + seed + "}").getBytes(StandardCharsets.UTF_8);
  }

  static ModelDraft draft(String model, int seed) {
    return new ModelDraft(
        model, TOPOLOGY, parameters(seed), EncodingPolicy.AUTO, configuration(seed), BEFORE);
  }

  static Provenance provenance(int seed) {
    return new Provenance(
        new ModelVersion("parent", 3),
        "20261124-093015-7f3a",
        "pruned",
        Map.of("seed", seed, "prune", Map.of("sparsity", new BigDecimal("0.90"))),
        Map.of("source", "mnist"),
        seed,
        2,
        "dl4j",
        Map.of("java", "17"),
        Map.of("testErrorPercent", 1.5));
  }
}
