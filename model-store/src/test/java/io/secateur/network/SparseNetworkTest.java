package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.secateur.error.UsageException;
import io.secateur.kernel.KernelProvider;
import io.secateur.kernel.Kernels;
import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import io.secateur.tensor.WeightTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictions against a slow forward in doubles. */
class SparseNetworkTest {
  private static final Kernels VECTORS = KernelProvider.ofThisProcess();
  private static final Kernels PLAIN = KernelProvider.of(KernelProvider.PLAIN);

  private record Case(String name, Topology topology) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> networks() {
    return Stream.of(
        new Case("LeNet-300-100", ShippedNetwork.LENET_300_100.topology()),
        new Case("LeNet-5", ShippedNetwork.LENET_5.topology()),
        new Case("strides, padding, groups and odd maps", strided()),
        new Case("a residual block with batch normalisation", residual()),
        new Case("dense layers without biases or softmax", plainDense()),
        new Case("flat values that are added", addedRows()));
  }

  private static Topology strided() {
    Shape image = Shape.of(4, 19, 23);
    return Topology.of(
        Node.input("input", image, 1.0 / 255),
        Node.convolution("c1", "input", image, 6, new Window(5, 3, 2, 3, 2, 1), 2),
        Node.relu("r1", "c1", Shape.of(6, 10, 8)),
        Node.convolution("c2", "r1", Shape.of(6, 10, 8), 9, 3, 1, 1, 3),
        Node.relu("r2", "c2", Shape.of(9, 10, 8)),
        Node.maxPool("p2", "r2", Shape.of(9, 10, 8), Window.square(3, 2, 1)),
        Node.convolution("c3", "p2", Shape.of(9, 5, 4), 7, 2, 1, 1, 1),
        Node.maxPool("p3", "c3", Shape.of(7, 6, 5), Window.square(2, 2, 0)),
        Node.relu("r3", "p3", Shape.of(7, 3, 2)),
        Node.flatten("flat", "r3", Shape.of(7, 3, 2)),
        Node.dropout("drop", "flat", Shape.of(42), 0.5),
        Node.dense("fc", "drop", 42, 5),
        Node.softmax("softmax", "fc", Shape.of(5)));
  }

  private static Topology residual() {
    Shape image = Shape.of(3, 40, 36);
    Shape map = Shape.of(8, 40, 36);
    return Topology.of(
        Node.input("input", image, 0.01),
        Node.convolution("c1", "input", image, 8, 3, 1, 1, 1).withoutBias(),
        Node.batchNorm("n1", "c1", map, 1e-3),
        Node.relu("r1", "n1", map),
        Node.convolution("c2", "r1", map, 8, 3, 1, 1, 1),
        Node.batchNorm("n2", "c2", map, 1e-3),
        Node.add("sum", List.of("n2", "r1"), map),
        Node.relu("r2", "sum", map),
        Node.convolution("c3", "r2", map, 4, 1, 2, 0, 1),
        Node.maxPool("p3", "c3", Shape.of(4, 20, 18), Window.square(2, 2, 0)),
        Node.flatten("flat", "p3", Shape.of(4, 10, 9)),
        Node.dense("fc", "flat", 360, 3),
        Node.softmax("softmax", "fc", Shape.of(3)));
  }

  private static Topology plainDense() {
    return Topology.of(
        Node.input("input", Shape.of(37), 1),
        Node.dense("fc1", "input", 37, 65).withoutBias(),
        Node.relu("r1", "fc1", Shape.of(65)),
        Node.dense("fc2", "r1", 65, 2).withoutBias());
  }

  /** Flattening is not free here: one side is an image with a border. */
  private static Topology addedRows() {
    Shape image = Shape.of(2, 4, 4);
    return Topology.of(
        Node.input("input", image, 1),
        Node.convolution("c1", "input", image, 2, 3, 1, 1, 1),
        Node.flatten("flat", "c1", image),
        Node.flatten("flat0", "input", image),
        Node.dense("fc", "flat0", 32, 32),
        Node.add("sum", List.of("fc", "flat"), Shape.of(32)),
        Node.relu("r", "sum", Shape.of(32)),
        Node.dense("out", "r", 32, 4),
        Node.softmax("softmax", "out", Shape.of(4)));
  }

  private static NetworkParameters random(Topology topology, double density, long seed) {
    Random random = new Random(seed);
    ParameterLayout layout = ParameterLayout.of(topology);
    NetworkParameters parameters = NetworkParameters.zeros(layout);
    for (ParameterTensor tensor : layout.tensors()) {
      float[] arena = parameters.arenaOf(tensor);
      double scale = tensor.isPrunable() ? 2.0 / Math.sqrt(tensor.elements()) : 0.5;
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        boolean kept = !tensor.isPrunable() || random.nextDouble() < density;
        float value = (float) (scale * random.nextGaussian());
        arena[i] = tensor.name().endsWith(".variance") ? Math.abs(value) : kept ? value : 0;
      }
    }
    return parameters;
  }

  private static TensorReader dense(NetworkParameters parameters) {
    return spec ->
        DenseTensor.wrapping(
            spec.shape(),
            parameters.valuesOf(parameters.layout().tensor(spec.name()).orElseThrow()));
  }

  private static TensorReader sparse(NetworkParameters parameters) {
    return spec -> {
      float[] all = dense(parameters).read(spec).toDense();
      int[] indices = IntStream.range(0, all.length).filter(i -> all[i] != 0).toArray();
      float[] values = new float[indices.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = all[indices[i]];
      }
      return SparseTensor.wrapping(spec.shape(), indices, values);
    };
  }

  private static float[] pixels(int length, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[length];
    for (int i = 0; i < length; i++) {
      pixels[i] = random.nextInt(256);
    }
    return pixels;
  }

  private static double[][] expected(Topology topology, NetworkParameters p, float[] examples) {
    int inputs = topology.inputShape().elements();
    double[][] expected = new double[examples.length / inputs][];
    for (int i = 0; i < expected.length; i++) {
      float[] one = Arrays.copyOfRange(examples, i * inputs, (i + 1) * inputs);
      expected[i] = new SlowNetwork(topology, p).logits(one);
    }
    return expected;
  }

  private static void assertLogits(float[] found, double[][] expected) {
    int outputs = expected[0].length;
    double largest =
        Stream.of(expected).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      for (int o = 0; o < outputs; o++) {
        assertThat((double) found[i * outputs + o])
            .as("logit %d of example %d", o, i)
            .isCloseTo(expected[i][o], within(1e-5 * largest));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void predictsWhatTheDefinitionsSay(Case network) {
    Topology topology = network.topology();
    for (double density : new double[] {0.05, 1}) {
      NetworkParameters parameters = random(topology, density, 7);
      float[] examples = pixels(3 * topology.inputShape().elements(), 8);
      double[][] expected = expected(topology, parameters, examples);
      for (Kernels kernels : List.of(VECTORS, PLAIN)) {
        for (LayerForm form : LayerForm.values()) {
          SparseNetwork fromDense = SparseNetwork.of(topology, dense(parameters), form, kernels);
          SparseNetwork fromSparse = SparseNetwork.of(topology, sparse(parameters), form, kernels);
          float[] logits = new float[3 * fromDense.outputs()];
          fromDense.session().logits(examples, 3, logits);
          assertLogits(logits, expected);
          fromSparse.session().logits(examples, 3, logits);
          assertLogits(logits, expected);
        }
      }
    }
  }

  /** One by one, side by side in one to four chunks, and more than fit at once. */
  @ParameterizedTest
  @MethodSource("networks")
  void batchesOfEverySizePredictTheSame(Case network) {
    Topology topology = network.topology();
    NetworkParameters parameters = random(topology, 0.2, 3);
    int inputs = topology.inputShape().elements();
    float[] examples = pixels(67 * inputs, 4);
    double[][] expected = expected(topology, parameters, examples);
    for (Kernels kernels : List.of(VECTORS, PLAIN)) {
      for (LayerForm form : List.of(LayerForm.SPARSE, LayerForm.DENSE)) {
        Session session = SparseNetwork.of(topology, dense(parameters), form, kernels).session();
        for (int count : new int[] {67, 2, 11, 17, 48}) {
          float[] logits = new float[count * expected[0].length];
          session.logits(examples, count, logits);
          assertLogits(logits, Arrays.copyOf(expected, count));
        }
      }
    }
  }

  /** Within 1e-5 of the largest logit, one by one and side by side. */
  @ParameterizedTest
  @MethodSource("networks")
  void plainJavaAnswersAsVectorsDo(Case network) {
    Topology topology = network.topology();
    NetworkParameters parameters = random(topology, 0.1, 5);
    float[] examples = pixels(20 * topology.inputShape().elements(), 6);
    for (int count : new int[] {1, 20}) {
      float[] some = Arrays.copyOf(examples, count * topology.inputShape().elements());
      SparseNetwork plain = SparseNetwork.of(topology, dense(parameters), LayerForm.AUTO, PLAIN);
      SparseNetwork ours = SparseNetwork.of(topology, dense(parameters), LayerForm.AUTO, VECTORS);
      float[] expected = new float[count * plain.outputs()];
      plain.session().logits(some, count, expected);
      float[] found = new float[expected.length];
      ours.session().logits(some, count, found);
      double largest = 0;
      for (float logit : expected) {
        largest = Math.max(largest, Math.abs(logit));
      }
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5 * largest));
      }
    }
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogitsAndTheLabelIsTheLargest() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    SparseNetwork network = SparseNetwork.of(topology, random(topology, 0.1, 1));
    float[] example = pixels(784, 2);
    float[] logits = network.logits(example);
    float[] probabilities = network.probabilities(example);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    int largest = 0;
    for (int i = 0; i < 10; i++) {
      assertThat((double) probabilities[i]).isCloseTo(Math.exp(logits[i]) / sum, within(1e-6));
      largest = logits[i] > logits[largest] ? i : largest;
    }
    assertThat(network.label(example)).isEqualTo(largest);
    int[] labels = new int[1];
    network.session().labels(example, 1, labels);
    assertThat(labels[0]).isEqualTo(largest);
  }

  @Test
  void layersAreSparseWhereTheyArePruned() {
    Topology topology = ShippedNetwork.LENET_300_100.topology();
    NetworkParameters parameters = random(topology, 1, 1);
    ParameterTensor fc1 = parameters.layout().tensor("fc1.weight").orElseThrow();
    for (int i = fc1.offset(); i < fc1.end(); i++) {
      parameters.weights()[i] = i % 20 == 0 ? 1 : 0;
    }
    SparseNetwork network = SparseNetwork.of(topology, parameters);
    assertThat(network.layers()).extracting(LayerPlan::name).containsExactly("fc1", "fc2", "fc3");
    assertThat(network.layers())
        .extracting(LayerPlan::form)
        .containsExactly(LayerForm.SPARSE, LayerForm.DENSE, LayerForm.DENSE);
    LayerPlan first = network.layers().get(0);
    assertThat(first.surviving()).isEqualTo(235_200 / 20);
    assertThat(first.density()).isCloseTo(0.05, within(1e-9));
    // value and place of each survivor (39 or 40 a row, and so 40), where rows begin and end,
    // biases
    assertThat(first.bytes()).isEqualTo(8 * 300 * 40 + 4 * 301 + 4 * 300 + 4 * 300);
    assertThat(network.weightBytes())
        .isEqualTo(network.layers().stream().mapToLong(LayerPlan::bytes).sum());
  }

  @Test
  void everyLayerThatIsNotKnownIsNamedWhenTheNetworkIsMade() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(3), 1),
            Node.opaque(
                "lrn", "LocalResponseNormalization", List.of("input"), Shape.of(3), List.of()),
            Node.softmax("middle", "lrn", Shape.of(3)),
            Node.dense("fc", "middle", 3, 2));
    assertThatThrownBy(
            () -> SparseNetwork.of(topology, NetworkParameters.zeros(ParameterLayout.of(topology))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("lrn of kind LocalResponseNormalization")
        .hasMessageContaining("middle of kind softmax")
        .hasMessageContaining("--format dl4j");
  }

  @Test
  void aNetworkWithoutSoftmaxHasNoProbabilities() {
    Topology topology = plainDense();
    SparseNetwork network = SparseNetwork.of(topology, random(topology, 1, 1));
    assertThat(network.isClassifier()).isFalse();
    assertThatThrownBy(() -> network.probabilities(new float[37]))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("fc2 dense");
  }

  @Test
  void examplesOfAnotherLengthAreRefused() {
    Topology topology = plainDense();
    SparseNetwork network = SparseNetwork.of(topology, random(topology, 1, 1));
    assertThatThrownBy(() -> network.logits(new float[38]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[37]")
        .hasMessageContaining("38");
    assertThatThrownBy(() -> network.session().logits(new float[73], 2, new float[4]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> network.session().logits(new float[74], 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void threadsShareOneNetwork() throws Exception {
    Topology topology = strided();
    SparseNetwork network = SparseNetwork.of(topology, random(topology, 0.3, 5));
    List<float[]> examples = new ArrayList<>();
    List<float[]> alone = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      examples.add(pixels(network.inputs(), i));
      alone.add(network.logits(examples.get(i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int task = 0; task < 4; task++) {
        work.add(
            () -> {
              for (int repeat = 0; repeat < 20; repeat++) {
                for (int i = 0; i < examples.size(); i++) {
                  assertThat(network.logits(examples.get(i))).isEqualTo(alone.get(i));
                }
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void eachTensorIsReadOnce() {
    Topology topology = ShippedNetwork.LENET_5.topology();
    NetworkParameters parameters = random(topology, 0.1, 1);
    List<String> read = new ArrayList<>();
    TensorReader counting =
        spec -> {
          read.add(spec.name());
          WeightTensor tensor = dense(parameters).read(spec);
          return tensor;
        };
    SparseNetwork.of(topology, counting);
    assertThat(read).doesNotHaveDuplicates().hasSize(8);
  }
}
