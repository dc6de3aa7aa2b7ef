package io.secateur.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreezeTest {
  private static final Topology LENET_5 = ShippedNetwork.LENET_5.topology();

  @Test
  void kindsAreThoseOfTheNetworksLayers() {
    assertThat(FreezeRule.NONE.layers(LENET_5, 0)).isEmpty();
    assertThat(FreezeRule.CONV.layers(LENET_5, 0)).containsExactlyInAnyOrder("conv1", "conv2");
    assertThat(FreezeRule.FC.layers(LENET_5, 1)).containsExactlyInAnyOrder("fc1", "fc2");
  }

  @Test
  void alternatingBeginsWithFrozenConvolutions() {
    assertThat(List.of(0, 1, 2, 3))
        .extracting(turn -> FreezeRule.ALTERNATE.layers(LENET_5, turn).contains("conv1"))
        .containsExactly(true, false, true, false);
    assertThat(FreezeRule.ALTERNATE.layers(LENET_5, 1)).containsExactlyInAnyOrder("fc1", "fc2");
  }

  @Test
  void namedLayersAreFrozenInEveryTurn() {
    Freeze freeze = new Freeze.Layers(Set.of("fc1"));

    assertThat(freeze.layers(LENET_5, 0)).containsExactly("fc1");
    assertThat(freeze.layers(LENET_5, 1)).containsExactly("fc1");
    assertThat(freeze.unknownLayers(List.of("conv1"))).containsExactly("fc1");
    assertThatThrownBy(() -> new Freeze.Layers(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
