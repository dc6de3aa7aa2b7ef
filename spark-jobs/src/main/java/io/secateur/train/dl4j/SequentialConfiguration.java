package io.secateur.train.dl4j;

import io.secateur.network.Node;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/** The configuration of a MultiLayerNetwork. */
final class SequentialConfiguration implements Dl4jConfiguration {
  private final MultiLayerConfiguration configuration;
  private final List<NamedLayer> layers;

  SequentialConfiguration(MultiLayerConfiguration configuration) {
    List<String> names = LayerNames.of(configuration);
    this.configuration = configuration;
    this.layers =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    new NamedLayer(
                        names.get(i),
                        configuration.getConf(i),
                        Optional.ofNullable(configuration.getInputPreProcess(i))))
            .toList();
  }

  static SequentialConfiguration fromJson(String json) {
    return new SequentialConfiguration(MultiLayerConfiguration.fromJson(json));
  }

  @Override
  public List<NamedLayer> layers() {
    return layers;
  }

  @Override
  public void trainPlainly() {
    configuration.setDataType(DataType.FLOAT);
    configuration.setBackpropType(BackpropType.Standard);
    configuration.setTrainingWorkspaceMode(WorkspaceMode.ENABLED);
    configuration.setInferenceWorkspaceMode(WorkspaceMode.ENABLED);
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
  }

  @Override
  public Dl4jModel init() {
    return new SequentialModel(configuration, layers);
  }

  @Override
  public Dl4jModel outline() {
    return new SequentialModel(configuration, layers, untouched());
  }

  @Override
  public Topology topology(Dl4jModel model, Shape input) {
    List<InputType> outputs =
        configuration.getLayerActivationTypes(InputForm.of(layers, input).type(input));
    LayerNodes nodes = new LayerNodes(layers.stream().map(NamedLayer::node).toList(), input);
    Node last = nodes.input();
    for (int i = 0; i < layers.size(); i++) {
      NamedLayer layer = layers.get(i);
      Shape output = LayerNodes.shapeOf(outputs.get(i));
      last = nodes.place(layer, last, output, model.layers().get(layer.node()));
    }
    return nodes.topology();
  }

  @Override
  public String toJson() {
    return configuration.toJson();
  }
}
