package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.secateur.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationProbeTest {
  /** Neuron 0 is the input, 1 its negative, 2 always 0: one of the three is on. */
  @Test
  void whatAReluLetsThroughIsCounted() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(1), 1),
            Node.dense("fc1", "input", 1, 3),
            Node.relu("relu", "fc1", Shape.of(3)),
            Node.dense("fc2", "relu", 3, 2),
            Node.softmax("softmax", "fc2", Shape.of(2)));
    float[] weights = {1, -1, 0, 1, 1, 1, 0, 0, 0};
    NetworkParameters parameters =
        NetworkParameters.wrapping(ParameterLayout.of(topology), weights, new float[5]);

    ActivationProbe probe = SparseNetwork.of(topology, parameters).probe();
    probe.add(new float[] {1, -1}, 2);
    probe.add(new float[] {2}, 1);

    assertThat(probe.layers())
        .containsExactly(
            new LayerActivity("fc1", 100, 100 * 3.0 / 9),
            new LayerActivity("fc2", 100 * 3.0 / 9, 50));
  }

  /** Against the definitions, one example at a time; 37 examples are side by side and single. */
  @ParameterizedTest
  @ValueSource(ints = {1, 37})
  void pooledValuesAndSumsAreThoseThatTheNextLayerReads(int examples) {
    Shape image = Shape.of(2, 6, 6);
    Shape map = Shape.of(4, 6, 6);
    Topology topology =
        Topology.of(
            Node.input("input", image, 0.5),
            Node.convolution("a", "input", image, 4, 3, 1, 1, 1),
            Node.relu("relu-a", "a", map),
            Node.convolution("b", "relu-a", map, 4, 3, 1, 1, 2),
            Node.relu("relu-b", "b", map),
            Node.add("sum", List.of("relu-a", "relu-b"), map),
            Node.maxPool("pool", "sum", map, Window.square(2, 2, 0)),
            Node.flatten("flat", "pool", Shape.of(4, 3, 3)),
            Node.dense("c", "flat", 36, 3));
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    Random random = new Random(5);
    for (int i = 0; i < parameters.weights().length; i++) {
      parameters.weights()[i] = random.nextInt(3) == 0 ? (float) random.nextGaussian() : 0;
    }
    for (int i = 0; i < parameters.others().length; i++) {
      parameters.others()[i] = -1;
    }
    float[] values = new float[examples * 72];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }

    ActivationProbe probe = SparseNetwork.of(topology, parameters).probe();
    probe.add(values, examples);

    double reluA = 0;
    double reluB = 0;
    double pool = 0;
    for (int i = 0; i < examples; i++) {
      SlowNetwork slow = new SlowNetwork(topology, parameters);
      slow.logits(Arrays.copyOfRange(values, i * 72, i * 72 + 72));
      reluA += nonZeros(slow.values("relu-a"));
      reluB += nonZeros(slow.values("relu-b"));
      pool += nonZeros(slow.values("pool"));
    }
    double all = examples * 144.0;
    assertThat(probe.layers())
        .containsExactly(
            // two nodes read what leaves its ReLU, so that the sum is no longer a's alone
            new LayerActivity("a", 100, 100 * reluA / all),
            new LayerActivity("b", 100 * reluA / all, 100 * reluB / all),
            new LayerActivity("c", 100 * pool / (examples * 36.0), 100));
  }

  private static long nonZeros(double[] values) {
    return Arrays.stream(values).filter(value -> value != 0).count();
  }

  @Test
  void nothingIsSaidOfNoExamples() {
    Topology topology =
        Topology.of(Node.input("input", Shape.of(1), 1), Node.dense("fc", "input", 1, 1));
    SparseNetwork network =
        SparseNetwork.of(topology, NetworkParameters.zeros(ParameterLayout.of(topology)));

    assertThatIllegalStateException().isThrownBy(() -> network.probe().layers());
  }
}
