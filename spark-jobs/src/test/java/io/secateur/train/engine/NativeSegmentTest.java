package io.secateur.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.data.LabelledImages;
import io.secateur.data.SampleDigits;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.prune.WeightRange;
import io.secateur.train.InitialWeights;
import io.secateur.train.Predictor;
import io.secateur.train.Rounds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeSegmentTest {
  private static final LabelledImages ROWS = SampleDigits.testRows();

  /** Stretch by stretch up to each layer, then from it to the end. */
  @ParameterizedTest
  @EnumSource(names = {"LENET_300_100", "LENET_5"})
  void stretchesHaveTheBitsOfTheWhole(ShippedNetwork network) {
    NativeEngine engine = NativeEngine.ofThisProcess();
    Topology topology = network.topology();
    NetworkParameters parameters = InitialWeights.of(topology, 3);
    List<String> layers =
        WeightRange.of(parameters.layout()).stream().map(WeightRange::layer).toList();
    for (int count : new int[] {64, 23}) {
      float[] features = new float[Predictor.BATCH * 784];
      ROWS.fill(0, count, features, new int[Predictor.BATCH]);
      float[] whole = new float[count * 10];
      try (Predictor predictor = engine.predictor(Rounds.definition(network), parameters)) {
        predictor.predict(features, count, whole);
      }
      float[] entering = features;
      for (int layer = 0; layer < layers.size(); layer++) {
        NativeSegment rest = engine.segment(topology, layers.get(layer), null);
        rest.load(parameters);
        float[] packed = rest.packed(entering, count);
        float[] predicted = new float[count * 10];
        rest.predict(packed, count, predicted);
        assertThat(predicted).as(layers.get(layer)).isEqualTo(whole);
        if (layer + 1 < layers.size()) {
          NativeSegment stretch =
              engine.segment(topology, layers.get(layer), layers.get(layer + 1));
          stretch.load(parameters);
          float[] leaving = new float[count * stretch.outputs()];
          stretch.values(packed, count, leaving);
          entering = leaving;
        }
      }
    }
  }
}
