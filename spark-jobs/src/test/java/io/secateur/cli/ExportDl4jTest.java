package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.prune.Pruner;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelStore;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.store.hadoop.ModelStores;
import io.secateur.train.dl4j.Dl4jNetworks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ExportDl4jTest {
  private static final Topology TOPOLOGY = ShippedNetwork.LENET_300_100.topology();

  @TempDir private Path folder;

  private NetworkParameters publish(String configuration) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(TOPOLOGY));
    Random random = new Random(9);
    for (int i = 0; i < parameters.weights().length; i++) {
      parameters.weights()[i] = random.nextInt(12) == 0 ? 0.2f * (float) random.nextGaussian() : 0;
    }
    ModelStore store = ModelStores.open(folder.resolve("store").toUri());
    ModelDraft draft =
        new ModelDraft(
            "digits",
            TOPOLOGY,
            parameters,
            EncodingPolicy.AUTO,
            configuration.getBytes(StandardCharsets.UTF_8),
            Pruner.denseCounts(parameters.layout()));
    try (StagedModel staged = store.stage(draft)) {
      staged.publish(
          new Provenance(
              null, "job", "pruned", Map.of(), Map.of(), 1, 2, "native", Map.of(), Map.of()));
    }
    return parameters;
  }

  private int export(Session session, Path to) {
    return session.run(
        "models",
        "export",
        "digits",
        "--format",
        "dl4j",
        "--to",
        to.toString(),
        "--store",
        folder.resolve("store").toUri().toString());
  }

  @Test
  void plainDl4jOpensTheExportAndPredictsTheSame() throws Exception {
    NetworkParameters parameters = publish(Dl4jNetworks.render(TOPOLOGY).dl4jConfiguration());
    Path zip = folder.resolve("digits.zip");
    assertThat(export(new Session(), zip)).isZero();

    int rows = 20;
    Random random = new Random(2);
    float[] raw = new float[rows * 784];
    float[] scaled = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = random.nextInt(256);
      scaled[i] = raw[i] / 255f;
    }
    float[] expected = new float[rows * 10];
    SparseNetwork.of(TOPOLOGY, parameters).session().probabilities(raw, rows, expected);
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile());
    float[] found =
        network.output(Nd4j.create(scaled, new long[] {rows, 784}, 'c')).dup('c').data().asFloat();
    assertThat(found).containsExactly(expected, within(1e-5f));
  }

  @Test
  void aConfigurationThatDl4jCannotReadIsAnErrorThatNamesTheVersion() {
    publish("{}");
    Session session = new Session();
    Path zip = folder.resolve("digits.zip");
    assertThat(export(session, zip)).isEqualTo(ExitCodes.STORE);
    assertThat(session.err().text()).contains("digits@1").contains("configuration");
    assertThat(zip).doesNotExist();
  }
}
