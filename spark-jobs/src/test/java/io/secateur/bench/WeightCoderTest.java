package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.encoding.Cores;
import io.secateur.encoding.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightCoderTest {
  private static final PrunedLayer LAYER = PrunedLayer.dense("fc", 300, 500, 8);

  private static List<WeightCoder> coders() {
    return List.of(
        SecateurCoder.auto("auto", Cores.ONE),
        SecateurCoder.auto("auto on all cores", Cores.ALL),
        SecateurCoder.fixed("paper", PrunedLayer::paperEncoding),
        SecateurCoder.fixed("bitmap", layer -> Encoding.BITMAP),
        new MemoryCopy(),
        GeneralCoder.gzip(),
        GeneralCoder.zstd());
  }

  @ParameterizedTest
  @EnumSource
  void everyCoderGivesBackTheLayerAndSeesWhenItDoesNot(SyntheticMask mask) throws Exception {
    LayerWorkspace workspace = new LayerWorkspace(LAYER.weights() + 7);
    workspace.fill(LAYER, mask);
    for (WeightCoder coder : coders()) {
      long bytes = coder.encode(workspace);
      workspace.spoil();
      assertThat(coder.decoded(workspace)).as(coder.name()).isFalse();
      coder.decode(workspace);
      assertThat(coder.decoded(workspace)).as(coder.name()).isTrue();
      assertThat(bytes).as(coder.name()).isBetween(10L, 600_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void masksHaveTheirDensityAndTheirBand(SyntheticMask mask) {
    float[] values = new float[LAYER.weights()];
    mask.fill(LAYER, values);
    int survivors = 0;
    int outside = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        survivors++;
        int column = i % 500;
        outside += column < 125 || column >= 375 ? 1 : 0;
      }
    }
    assertThat(survivors).isBetween(11_500, 12_500);
    assertThat(outside).isBetween(mask == SyntheticMask.BANDED ? 0 : 5_500, 6_500);
    if (mask == SyntheticMask.BANDED) {
      assertThat(outside).isZero();
    }
  }

  @Test
  void sameSeedMakesTheSameWeights() {
    float[] first = new float[LAYER.weights()];
    float[] second = new float[LAYER.weights()];
    SyntheticMask.UNIFORM.fill(LAYER, first);
    SyntheticMask.UNIFORM.fill(LAYER, second);

    assertThat(second).isEqualTo(first);
  }
}
