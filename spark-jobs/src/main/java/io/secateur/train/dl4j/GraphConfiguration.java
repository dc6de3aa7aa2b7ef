package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** The configuration of a ComputationGraph; those with one input and one output can be used. */
final class GraphConfiguration implements Dl4jConfiguration {
  private final ComputationGraphConfiguration configuration;
  private final Map<String, String> names;
  private final Map<String, NamedLayer> layers;

  GraphConfiguration(ComputationGraphConfiguration configuration) {
    if (configuration.getTopologicalOrderStr() == null) {
      // parameters lie in this order; DL4J keeps it in the configuration once it is known
      new ComputationGraph(configuration).calculateIndices();
    }
    this.configuration = configuration;
    this.names = LayerNames.of(configuration);
    this.layers = new LinkedHashMap<>();
    for (String vertex : configuration.getTopologicalOrderStr()) {
      if (configuration.getVertices().get(vertex) instanceof LayerVertex layer) {
        layers.put(
            vertex,
            new NamedLayer(
                names.get(vertex),
                layer.getLayerConf(),
                Optional.ofNullable(layer.getPreProcessor())));
      }
    }
  }

  static GraphConfiguration fromJson(String json) {
    return new GraphConfiguration(ComputationGraphConfiguration.fromJson(json));
  }

  @Override
  public Optional<String> refusal() {
    int inputs = configuration.getNetworkInputs().size();
    int outputs = configuration.getNetworkOutputs().size();
    return inputs == 1 && outputs == 1
        ? Dl4jConfiguration.super.refusal()
        : Optional.of(
            "a ComputationGraph with %d inputs and %d outputs".formatted(inputs, outputs));
  }

  @Override
  public List<NamedLayer> layers() {
    return List.copyOf(layers.values());
  }

  @Override
  public void trainPlainly() {
    configuration.setDataType(DataType.FLOAT);
    configuration.setBackpropType(BackpropType.Standard);
    configuration.setTrainingWorkspaceMode(WorkspaceMode.ENABLED);
    configuration.setInferenceWorkspaceMode(WorkspaceMode.ENABLED);
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    configuration.getDefaultConfiguration().setMiniBatch(true);
    configuration.getDefaultConfiguration().setDataType(DataType.FLOAT);
  }

  @Override
  public Dl4jModel init() {
    return new GraphModel(configuration, names);
  }

  @Override
  public Dl4jModel outline() {
    return new GraphModel(configuration, names, untouched());
  }

  @Override
  public Topology topology(Dl4jModel model, Shape input) {
    // of a copy: DL4J puts a preprocessor wherever it would have put one by itself
    Map<String, InputType> outputs =
        configuration
            .clone()
            .getLayerActivationTypes(true, false, InputForm.of(layers(), input).type(input));
    LayerNodes nodes = new LayerNodes(names.values(), input);
    Map<String, Node> placed = new HashMap<>();
    for (String vertex : configuration.getTopologicalOrderStr()) {
      if (configuration.getNetworkInputs().contains(vertex)) {
        placed.put(vertex, nodes.input());
      } else {
        List<Node> inputs =
            configuration.getVertexInputs().get(vertex).stream().map(placed::get).toList();
        Shape output = LayerNodes.shapeOf(outputs.get(vertex));
        placed.put(vertex, place(vertex, inputs, output, nodes, model));
      }
    }
    return nodes.topology();
  }

  private Node place(
      String vertex, List<Node> inputs, Shape output, LayerNodes nodes, Dl4jModel model) {
    String node = names.get(vertex);
    GraphVertex what = configuration.getVertices().get(vertex);
    if (what instanceof LayerVertex && inputs.size() == 1) {
      return nodes.place(layers.get(vertex), inputs.get(0), output, model.layers().get(node));
    }
    // opaque nodes have no parameters that no layer owns: they could be neither found nor named
    boolean refused =
        what instanceof LayerVertex || what instanceof FrozenVertex || what.numParams(true) > 0;
    if (refused) {
      throw new IllegalArgumentException(
          "vertex %s, a %s of %d inputs and %d parameters, is not supported"
              .formatted(
                  vertex, what.getClass().getSimpleName(), inputs.size(), what.numParams(true)));
    }
    boolean sum =
        what instanceof ElementWiseVertex elements
            && elements.getOp() == ElementWiseVertex.Op.Add
            && inputs.size() > 1
            && inputs.stream().allMatch(one -> one.outputShape().equals(output));
    return nodes.place(
        sum
            ? Node.add(node, namesOf(inputs), output)
            : Node.opaque(
                node, what.getClass().getSimpleName(), namesOf(inputs), output, List.of()));
  }

  private static List<String> namesOf(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  @Override
  public String toJson() {
    return configuration.toJson();
  }
}
