package io.secateur.prune;

import io.secateur.network.NetworkParameters;
import io.secateur.network.Node;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Takes out the neurons (of a convolution: channels) that pruning has cut off, with all their
 * connections (Han et al. 2015, section 3.5), until none is left:
 *
 * <ul>
 *   <li>one whose every outgoing weight is zero, which may leave neurons before it without outputs;
 *   <li>one whose every incoming weight is zero: its value is the same for every example, and goes
 *       into the biases of the layer that reads it. That may leave neurons behind it without
 *       inputs. It stays where biases can't say the same: in front of a convolution with padding,
 *       whose border sees less of it, unless the value is 0.
 * </ul>
 *
 * <p>Retraining would find the first kind by itself, as Han et al. say, but the second keeps its
 * bias, which they pass over. Inputs and outputs of the network stay, and so does one neuron of
 * each layer. Predictions are the same up to the rounding of sums.
 *
 * <p>One pass forward for inputs and one backward for outputs find them all: taking out a neuron
 * without inputs changes the inputs of later layers only, and the outputs of none; taking out one
 * without outputs the other way round.
 */
public final class DeadNeurons {
  private final NetworkParameters work;
  private final Map<String, BitSet> gone = new HashMap<>();

  private DeadNeurons(NetworkParameters work) {
    this.work = work;
  }

  /**
   * The network without them. Layers between which there are other kinds than ReLU, dropout, max
   * pools and flattening keep all their neurons.
   *
   * @param topology the network
   * @param parameters finite; pruned weights are zero. Copied
   */
  public static ReducedNetwork remove(Topology topology, NetworkParameters parameters) {
    Map<String, String> kept = new LinkedHashMap<>();
    List<NeuronLink> links = NeuronLink.of(topology, kept);
    DeadNeurons found = new DeadNeurons(parameters.copy());
    links.forEach(found::withoutInputs);
    for (ListIterator<NeuronLink> last = links.listIterator(links.size()); last.hasPrevious(); ) {
      found.withoutOutputs(last.previous());
    }
    Map<String, Integer> removed = new LinkedHashMap<>();
    for (NeuronLink link : links) {
      BitSet layer = found.goneOf(link.from());
      if (layer.cardinality() == link.neurons()) {
        layer.clear(0);
      }
      if (!layer.isEmpty()) {
        removed.put(link.from().name(), layer.cardinality());
      }
    }
    Topology smaller = new NarrowedTopology(found.gone).of(topology);
    return new ReducedNetwork(smaller, found.narrowed(smaller, links), removed, kept);
  }

  private BitSet goneOf(Node layer) {
    return gone.computeIfAbsent(layer.name(), name -> new BitSet());
  }

  private void withoutInputs(NeuronLink link) {
    Matrix in = matrix(link.from());
    Matrix out = matrix(link.to());
    ParameterTensor bias = tensor(link.from(), "bias");
    for (int neuron = 0; neuron < link.neurons(); neuron++) {
      if (!in.isRowZero(neuron)) {
        continue;
      }
      float value = bias == null ? 0 : work.others()[bias.offset() + neuron];
      OptionalDouble constant = link.constant(value);
      if (constant.isPresent()) {
        fold(constant.getAsDouble(), out, neuron, link);
        out.clearColumns(neuron, link.neurons());
        goneOf(link.from()).set(neuron);
      }
    }
  }

  private void fold(double constant, Matrix out, int neuron, NeuronLink link) {
    if (constant == 0) {
      return;
    }
    int bias = tensor(link.to(), "bias").offset();
    for (int row = 0; row < out.rows; row++) {
      double sum = out.sumOfColumns(row, neuron, link.neurons());
      work.others()[bias + row] = (float) (work.others()[bias + row] + constant * sum);
    }
  }

  private void withoutOutputs(NeuronLink link) {
    Matrix in = matrix(link.from());
    Matrix out = matrix(link.to());
    for (int neuron = 0; neuron < link.neurons(); neuron++) {
      if (out.areColumnsZero(neuron, link.neurons())) {
        in.clearRow(neuron);
        goneOf(link.from()).set(neuron);
      }
    }
  }

  private NetworkParameters narrowed(Topology smaller, List<NeuronLink> links) {
    Map<String, NeuronLink> readBy = new HashMap<>();
    links.forEach(link -> readBy.put(link.to().name(), link));
    NetworkParameters result = NetworkParameters.zeros(ParameterLayout.of(smaller));
    for (ParameterTensor target : result.layout().tensors()) {
      ParameterTensor source = work.layout().tensor(target.name()).orElseThrow();
      float[] from = work.arenaOf(source);
      float[] to = result.arenaOf(target);
      if (source.shape().equals(target.shape())) {
        System.arraycopy(from, source.offset(), to, target.offset(), source.elements());
        continue;
      }
      BitSet rows = gone.getOrDefault(source.layer(), new BitSet());
      NeuronLink link = readBy.get(source.layer());
      boolean hasColumns = source.isPrunable() && link != null;
      BitSet columns = hasColumns ? goneOf(link.from()) : new BitSet();
      int neurons = hasColumns ? link.neurons() : 1;
      int each = source.elements() / source.shape().dim(0) / neurons;
      int next = target.offset();
      for (int block = 0; block < source.elements() / each; block++) {
        if (!rows.get(block / neurons) && !columns.get(block % neurons)) {
          System.arraycopy(from, source.offset() + block * each, to, next, each);
          next += each;
        }
      }
    }
    return result;
  }

  private ParameterTensor tensor(Node layer, String what) {
    return work.layout().tensor(layer.name() + "." + what).orElse(null);
  }

  private Matrix matrix(Node layer) {
    ParameterTensor weight = tensor(layer, "weight");
    return new Matrix(work.weights(), weight.offset(), weight.shape().dim(0), weight.elements());
  }

  /**
   * The weights of a layer: a row for each neuron, in which the weights of each neuron read lie
   * next to each other (the pixels of a channel behind flattening, the taps of a window).
   */
  private static final class Matrix {
    final int rows;
    private final float[] weights;
    private final int offset;
    private final int width;

    Matrix(float[] weights, int offset, int rows, int elements) {
      this.weights = weights;
      this.offset = offset;
      this.rows = rows;
      this.width = elements / rows;
    }

    boolean isRowZero(int row) {
      return isZero(offset + row * width, width);
    }

    void clearRow(int row) {
      int from = offset + row * width;
      Arrays.fill(weights, from, from + width, 0);
    }

    boolean areColumnsZero(int neuron, int neurons) {
      int each = width / neurons;
      for (int row = 0; row < rows; row++) {
        if (!isZero(offset + row * width + neuron * each, each)) {
          return false;
        }
      }
      return true;
    }

    void clearColumns(int neuron, int neurons) {
      int each = width / neurons;
      for (int row = 0; row < rows; row++) {
        int from = offset + row * width + neuron * each;
        Arrays.fill(weights, from, from + each, 0);
      }
    }

    double sumOfColumns(int row, int neuron, int neurons) {
      int each = width / neurons;
      int from = offset + row * width + neuron * each;
      double sum = 0;
      for (int i = from; i < from + each; i++) {
        sum += weights[i];
      }
      return sum;
    }

    private boolean isZero(int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (weights[i] != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
