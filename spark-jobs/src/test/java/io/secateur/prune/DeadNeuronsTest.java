package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.SparseNetwork;
import io.secateur.network.Topology;
import io.secateur.network.Window;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DeadNeuronsTest {
  private static final int EXAMPLES = 20;

  @Property(tries = 300)
  void predictionsStayTheSame(@ForAll long seed) {
    RandomChain chain = new RandomChain(seed);
    NetworkParameters parameters = chain.pruned();

    ReducedNetwork reduced = DeadNeurons.remove(chain.topology(), parameters);

    int inputs = chain.topology().inputShape().elements();
    float[] examples = chain.examples(EXAMPLES * inputs);
    float[] before = logits(SparseNetwork.of(chain.topology(), parameters), examples);
    float[] after = logits(SparseNetwork.of(reduced.topology(), reduced.parameters()), examples);
    float largest = 0;
    for (float logit : before) {
      largest = Math.max(largest, Math.abs(logit));
    }
    assertThat(after).containsExactly(before, within(1e-4f * largest + 1e-12f));
  }

  @Property(tries = 300)
  void noneIsLeft(@ForAll long seed) {
    RandomChain chain = new RandomChain(seed);

    ReducedNetwork reduced = DeadNeurons.remove(chain.topology(), chain.pruned());

    ParameterLayout layout = reduced.parameters().layout();
    for (int i = 0; i + 1 < layout.weights().size(); i++) {
      ParameterTensor from = layout.weights().get(i);
      ParameterTensor to = layout.weights().get(i + 1);
      int neurons = from.shape().dim(0);
      for (int neuron = 0; neuron < neurons && neurons > 1; neuron++) {
        assertThat(hasOutput(reduced.parameters(), to, neuron, neurons))
            .as("neuron %d of %s has an output", neuron, from.layer())
            .isTrue();
      }
    }
    assertThat(DeadNeurons.remove(reduced.topology(), reduced.parameters()).removed()).isEmpty();
  }

  private static boolean hasOutput(
      NetworkParameters parameters, ParameterTensor reader, int neuron, int neurons) {
    float[] values = parameters.valuesOf(reader);
    int width = values.length / reader.shape().dim(0);
    for (int i = 0; i < values.length; i++) {
      if (i % width / (width / neurons) == neuron && values[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static float[] logits(SparseNetwork network, float[] examples) {
    float[] logits = new float[EXAMPLES * network.outputs()];
    network.session().logits(examples, EXAMPLES, logits);
    return logits;
  }

  /**
   * 2 - 3 - 3 - 2. a0 feeds b0 alone, which has no output: both go. b1 reads nothing and is
   * relu(0.5) = 0.5 always, which c0 reads times 4: its bias 1 becomes 3. a1 feeds b1 no more and
   * b2: it stays. a2 reads nothing, relu(-1) = 0, and goes without a trace.
   */
  @Test
  void aCascadeComputedByHand() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(2), 1),
            Node.dense("a", "input", 2, 3),
            Node.relu("relu-a", "a", Shape.of(3)),
            Node.dense("b", "relu-a", 3, 3),
            Node.relu("relu-b", "b", Shape.of(3)),
            Node.dense("c", "relu-b", 3, 2),
            Node.softmax("softmax", "c", Shape.of(2)));
    NetworkParameters parameters =
        parameters(
            topology,
            Map.of(
                "a.weight", new float[] {1, 2, 3, 0, 0, 0},
                "a.bias", new float[] {0.1f, 0.2f, -1},
                "b.weight", new float[] {5, 0, 0, 0, 0, 0, 0, 6, 7},
                "b.bias", new float[] {0.3f, 0.5f, 0.7f},
                "c.weight", new float[] {0, 4, 8, 0, 0, 9},
                "c.bias", new float[] {1, 2}));

    ReducedNetwork reduced = DeadNeurons.remove(topology, parameters);

    assertThat(reduced.removed()).containsExactly(Map.entry("a", 2), Map.entry("b", 2));
    assertThat(values(reduced, "a.weight")).containsExactly(3, 0);
    assertThat(values(reduced, "a.bias")).containsExactly(0.2f);
    assertThat(values(reduced, "b.weight")).containsExactly(6);
    assertThat(values(reduced, "b.bias")).containsExactly(0.7f);
    assertThat(values(reduced, "c.weight")).containsExactly(8, 9);
    assertThat(values(reduced, "c.bias")).containsExactly(3, 2);
  }

  /** Channel 1 is 0.5 everywhere; flattened it is 4 inputs of the dense layer. */
  @Test
  void aChannelIsManyInputsBehindPoolAndFlatten() {
    Topology topology = convolutionAnd(Window.square(2, 2, 0), dense());
    Map<String, float[]> values =
        Map.of(
            "conv.weight", new float[] {2, 0},
            "conv.bias", new float[] {0, 0.5f},
            "out.weight", new float[] {1, 2, 3, 4, 10, 20, 30, 40},
            "out.bias", new float[] {0});

    ReducedNetwork reduced = DeadNeurons.remove(topology, parameters(topology, values));

    assertThat(reduced.removed()).containsExactly(Map.entry("conv", 1));
    assertThat(reduced.topology().node("flatten").orElseThrow().outputShape())
        .isEqualTo(Shape.of(4));
    assertThat(values(reduced, "out.weight")).containsExactly(1, 2, 3, 4);
    assertThat(values(reduced, "out.bias")).containsExactly(50);
  }

  @Test
  void inFrontOfPaddingAConstantStaysUnlessItIsZero() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(1, 4, 4), 1),
            Node.convolution("conv", "input", Shape.of(1, 4, 4), 3, 1, 1, 0, 1),
            Node.relu("relu", "conv", Shape.of(3, 4, 4)),
            Node.convolution("padded", "relu", Shape.of(3, 4, 4), 1, 3, 1, 1, 1));
    float[] weights = new float[27];
    Arrays.fill(weights, 1);
    Map<String, float[]> values =
        Map.of(
            "conv.weight", new float[] {2, 0, 0},
            "conv.bias", new float[] {0, 0.5f, -0.5f},
            "padded.weight", weights,
            "padded.bias", new float[] {0});

    ReducedNetwork reduced = DeadNeurons.remove(topology, parameters(topology, values));

    assertThat(reduced.removed()).containsExactly(Map.entry("conv", 1));
    assertThat(values(reduced, "conv.bias")).containsExactly(0, 0.5f);
  }

  @Test
  void whatIsBetweenUnknownKindsStaysAndIsNamed() {
    Shape shape = Shape.of(2);
    Topology topology =
        Topology.of(
            Node.input("input", shape, 1),
            Node.dense("a", "input", 2, 2),
            Node.batchNorm("norm", "a", shape, 1e-5),
            Node.dense("b", "norm", 2, 2),
            Node.add("sum", List.of("b", "norm"), shape),
            Node.dense("c", "sum", 2, 2),
            Node.dense("d", "c", 2, 1));
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));

    ReducedNetwork reduced = DeadNeurons.remove(topology, parameters);

    assertThat(reduced.kept())
        .containsExactly(
            Map.entry("a", "norm of kind batch-norm"), Map.entry("b", "sum of kind add"));
    assertThat(reduced.removed()).containsExactly(Map.entry("c", 1));
    assertThat(reduced.topology().node("c").orElseThrow().outputShape()).isEqualTo(Shape.of(1));
  }

  private static Topology convolutionAnd(Window pool, Node last) {
    Shape image = Shape.of(1, 4, 4);
    return Topology.of(
        Node.input("input", image, 1),
        Node.convolution("conv", "input", image, 2, 1, 1, 0, 1),
        Node.maxPool("pool", "conv", Shape.of(2, 4, 4), pool),
        Node.flatten("flatten", "pool", Shape.of(2, 2, 2)),
        last);
  }

  private static Node dense() {
    return Node.dense("out", "flatten", 8, 1);
  }

  private static NetworkParameters parameters(Topology topology, Map<String, float[]> values) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    for (ParameterTensor tensor : parameters.layout().tensors()) {
      float[] of = values.get(tensor.name());
      System.arraycopy(of, 0, parameters.arenaOf(tensor), tensor.offset(), tensor.elements());
    }
    return parameters;
  }

  private static float[] values(ReducedNetwork reduced, String tensor) {
    return reduced
        .parameters()
        .valuesOf(reduced.parameters().layout().tensor(tensor).orElseThrow());
  }

  /** A chain of convolutions and dense layers of random sizes, with much of it cut off. */
  private static final class RandomChain {
    private final Random random;
    private final ArrayList<Node> nodes = new ArrayList<>();
    private final Topology topology;

    RandomChain(long seed) {
      random = new Random(seed);
      int size = 5 + random.nextInt(3);
      add(Node.input("input", Shape.of(1 + random.nextInt(2), size, size), 1));
      for (int i = random.nextInt(3); i > 0; i--) {
        convolution();
      }
      add(Node.flatten("flatten", last().name(), last().outputShape()));
      for (int i = random.nextInt(3); i > 0; i--) {
        dense(1 + random.nextInt(7));
      }
      Node output = Node.dense("out", last().name(), last().outputShape().dim(0), 3);
      add(random.nextBoolean() ? output : output.withoutBias());
      add(Node.softmax("softmax", "out", Shape.of(3)));
      topology = Topology.of(nodes);
    }

    Topology topology() {
      return topology;
    }

    private Node last() {
      return nodes.get(nodes.size() - 1);
    }

    private void add(Node node) {
      nodes.add(node);
    }

    private String named(String kind) {
      return "n" + (char) ('a' + nodes.size()) + "-" + kind;
    }

    private void convolution() {
      int kernel = 1 + random.nextInt(Math.min(3, last().outputShape().dim(1)));
      Window window =
          Window.square(kernel, 1 + random.nextInt(2), kernel == 1 ? 0 : random.nextInt(2));
      int channels = 1 + random.nextInt(5);
      Node node =
          Node.convolution(named("conv"), last().name(), last().outputShape(), channels, window, 1);
      add(random.nextInt(4) == 0 ? node.withoutBias() : node);
      relu();
      if (random.nextBoolean() && last().outputShape().dim(1) > 1) {
        Window pool = Window.square(2, 1 + random.nextInt(2), random.nextInt(2));
        add(Node.maxPool(named("pool"), last().name(), last().outputShape(), pool));
      }
      if (last().outputShape().dim(1) < 3) {
        Shape shape = last().outputShape();
        add(Node.dropout(named("dropout"), last().name(), shape, 0.5));
      }
    }

    private void dense(int outputs) {
      Node node = Node.dense(named("dense"), last().name(), last().outputShape().dim(0), outputs);
      add(random.nextInt(4) == 0 ? node.withoutBias() : node);
      relu();
    }

    private void relu() {
      if (random.nextInt(4) > 0) {
        add(Node.relu(named("relu"), last().name(), last().outputShape()));
      }
    }

    NetworkParameters pruned() {
      NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
      double density = 0.02 + 0.5 * random.nextDouble();
      for (int i = 0; i < parameters.weights().length; i++) {
        parameters.weights()[i] = random.nextDouble() < density ? (float) random.nextGaussian() : 0;
      }
      for (int i = 0; i < parameters.others().length; i++) {
        parameters.others()[i] = random.nextInt(4) == 0 ? 0 : (float) random.nextGaussian();
      }
      return parameters;
    }

    float[] examples(int values) {
      float[] examples = new float[values];
      for (int i = 0; i < values; i++) {
        examples[i] = random.nextFloat();
      }
      return examples;
    }
  }
}
