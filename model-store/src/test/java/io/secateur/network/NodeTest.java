package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secateur.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final Shape IMAGE = Shape.of(6, 9, 7);

  @Test
  void groupedConvolutionSeesItsShareOfTheChannels() {
    Node node = Node.convolution("c", "in", IMAGE, 4, new Window(3, 2, 2, 1, 1, 0), 2);

    // height (9 + 2 - 3) / 2 + 1 = 5, width (7 - 2) / 1 + 1 = 6
    assertThat(node.outputShape()).isEqualTo(Shape.of(4, 5, 6));
    assertThat(node.parameters())
        .containsExactly(
            new ParameterSpec("c.weight", Shape.of(4, 3, 3, 2), Role.WEIGHT),
            new ParameterSpec("c.bias", Shape.of(4), Role.BIAS));
    assertThat(node.window()).isEqualTo(new Window(3, 2, 2, 1, 1, 0));
    assertThat(node.integer("groups")).isEqualTo(2);
    assertThat(node.withoutBias().parameters())
        .extracting(ParameterSpec::name)
        .containsExactly("c.weight");
  }

  @Test
  void windowThatWouldNotFitWholeIsLeftOut() {
    assertThat(Window.square(2, 2, 0).outputHeight(9)).isEqualTo(4);
    assertThat(Window.square(9, 1, 0).outputWidth(9)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Window.square(9, 1, 0).outputWidth(8));
    assertThatIllegalArgumentException().isThrownBy(() -> Window.square(0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Window.square(2, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Window.square(2, 1, 2));
  }

  @Test
  void groupsThatDontDivideTheChannelsAreRefused() {
    for (int groups : new int[] {0, 4, 5}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Node.convolution("c", "in", IMAGE, 8, 3, 1, 0, groups));
    }
  }

  @Test
  void parametersAreOrderedByRole() {
    assertThat(
            Node.opaque(
                    "x",
                    "lstm",
                    List.of("in"),
                    IMAGE,
                    List.of(
                        new ParameterSpec("x.mean", IMAGE, Role.STATISTIC),
                        new ParameterSpec("x.bias", IMAGE, Role.BIAS),
                        new ParameterSpec("x.u", IMAGE, Role.WEIGHT),
                        new ParameterSpec("x.b", IMAGE, Role.WEIGHT)))
                .parameters())
        .extracting(ParameterSpec::name)
        .containsExactly("x.u", "x.b", "x.bias", "x.mean");
  }

  @Test
  void namesAndAttributesAreChecked() {
    for (String bad : new String[] {"", ".x", "a/b", "a b", "é"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Node.relu(bad, "in", IMAGE));
    }
    for (Object bad : new Object[] {1, 1.5f, Double.NaN, List.of()}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new Node("x", NodeKind.RELU, Map.of("k", bad), List.of("in"), IMAGE, List.of()))
          .withMessageContaining("attribute k of node x");
    }
    for (String bad : new String[] {"y.weight", "x.", "x.a.b", "xweight"}) {
      List<ParameterSpec> parameters = List.of(new ParameterSpec(bad, IMAGE, Role.WEIGHT));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Node.opaque("x", "t", List.of("in"), IMAGE, parameters));
    }
  }

  @Test
  void wireNamesRoundTrip() {
    assertThat(NodeKind.MAX_POOL.wireName()).isEqualTo("max-pool");
    for (NodeKind kind : NodeKind.values()) {
      assertThat(NodeKind.named(kind.wireName())).contains(kind);
    }
    for (Role role : Role.values()) {
      assertThat(Role.named(role.wireName())).contains(role);
    }
    assertThat(NodeKind.named("MAX_POOL")).isEmpty();
  }
}
