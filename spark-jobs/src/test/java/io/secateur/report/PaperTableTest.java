package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.secateur.network.Node;
import io.secateur.network.NodeKind;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's tables follow from the shapes. What is printed is rounded: a figure that is computed
 * from rounded ones may be off by what their rounding allows, and by no more.
 */
class PaperTableTest {
  /**
   * Printed counts that are not the exact ones rounded. conv4 has 384 x 192 x 3 x 3 = 663,552
   * weights: the paper cuts the last digits. conv2_2 has 128 x 128 x 3 x 3 = 147,456: the paper
   * rounds 2 x 74K, its figure for conv2_1 (73,728), instead. AlexNet's operations add up to
   * 1,448,813,632, and the paper's own column to 1,449M, which it rounds up.
   */
  private static final Map<String, String> PRINTED_OTHERWISE =
      Map.of("alexnet c4", "663K", "vgg-16 2_2", "148K", "alexnet total FLOP", "1.5B");

  private static Topology topology(String network) {
    return ShippedNetwork.named(network).orElseThrow().topology();
  }

  private static List<Node> layers(String network) {
    return topology(network).nodes().stream()
        .filter(node -> node.kind() == NodeKind.DENSE || node.kind() == NodeKind.CONVOLUTION)
        .toList();
  }

  private static long weights(Node layer) {
    return layer.parameters().get(0).shape().elements();
  }

  private static void assertPrinted(String printed, long exact, String what) {
    BigDecimal most =
        printed.equals(PRINTED_OTHERWISE.get(what)) ? BigDecimal.ONE : new BigDecimal("0.5");
    assertThat(PrintedCount.distance(printed, exact)).as(what).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "alexnet", "vgg-16"})
  void weightsAndOperationsFollowFromTheShapes(String network) {
    PaperTable table = PaperTable.all().get(network);
    List<Node> layers = layers(network);
    assertThat(table.layers()).hasSameSizeAs(layers);
    long weights = 0;
    long flop = 0;
    for (int i = 0; i < layers.size(); i++) {
      PaperTable.Row row = table.layers().get(i);
      String what = network + " " + row.layer();
      long operations = topology(network).flop(layers.get(i));
      assertPrinted(row.weights(), weights(layers.get(i)), what);
      assertPrinted(row.flop(), operations, what + " FLOP");
      weights += weights(layers.get(i));
      flop += operations;
    }
    assertPrinted(table.total().weights(), weights, network + " total");
    assertPrinted(table.total().flop(), flop, network + " total FLOP");
  }

  /** FLOP% is density x Act% of the layer before; the first layer's inputs count as 100 %. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "alexnet", "vgg-16"})
  void operationsLeftFollowFromDensitiesAndActivations(String network) {
    PaperTable table = PaperTable.all().get(network);
    double before = 100;
    double beforeRounding = 0;
    double all = 0;
    double left = 0;
    double survivors = 0;
    double weights = 0;
    for (int i = 0; i < table.layers().size(); i++) {
      PaperTable.Row row = table.layers().get(i);
      double density = row.densityPercent().doubleValue();
      double printed = row.flopPercent().doubleValue();
      double low = (density - 0.5) * (before - beforeRounding) / 100;
      double high = (density + 0.5) * (before + beforeRounding) / 100;
      assertThat(printed).as(row.layer()).isBetween(low - 0.5, high + 0.5);
      Node layer = layers(network).get(i);
      all += topology(network).flop(layer);
      left += topology(network).flop(layer) * density * before / 100;
      survivors += weights(layer) * density;
      weights += weights(layer);
      before = row.activationPercent().doubleValue();
      beforeRounding = 0.5;
    }
    PaperTable.Row total = table.total();
    assertThat(left / all).isCloseTo(total.flopPercent().doubleValue(), offset(0.7));
    assertThat(survivors / weights).isCloseTo(total.densityPercent().doubleValue(), offset(0.5));
  }

  /** The activations that leave a layer are counted behind its pool: then the totals agree too. */
  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5", "alexnet", "vgg-16"})
  void activationsAreThoseThatTheNextLayerReads(String network) {
    PaperTable table = PaperTable.all().get(network);
    double active = 0;
    double all = 0;
    List<Node> layers = layers(network);
    for (int i = 0; i < layers.size(); i++) {
      long values =
          i + 1 < layers.size() && layers.get(i + 1).kind() == NodeKind.DENSE
              ? layers.get(i + 1).parameters().get(0).shape().dim(1)
              : i + 1 < layers.size()
                  ? read(network, layers.get(i + 1))
                  : layers.get(i).outputShape().elements();
      active += values * table.layers().get(i).activationPercent().doubleValue();
      all += values;
    }
    assertThat(active / all)
        .isCloseTo(table.total().activationPercent().doubleValue(), offset(0.5));
  }

  private static long read(String network, Node layer) {
    return topology(network).node(layer.inputs().get(0)).orElseThrow().outputShape().elements();
  }

  @Test
  void oursStandsBesideThePapers() {
    List<LayerReport> ours =
        List.of(row("fc1", 235_200, 18_816), row("fc2", 30_000, 2_700), row("fc3", 1_000, 260));

    List<String> lines = PaperTable.beside(ours);

    assertThat(lines).hasSize(5);
    assertThat(lines.get(2).trim().split("\\s+"))
        .containsExactly("fc2", "30K", "60K", "65", "50.0", "9", "9.0", "4", "4.5");
    assertThat(lines.get(4).trim().split("\\s+"))
        .containsExactly("total", "266K", "532K", "46", "8", "8.2", "8", "4.09");
    assertThat(PaperTable.beside(ours.subList(0, 2)))
        .containsExactly("Han et al. 2015 have no network of these layers");
  }

  /** Half of what enters and leaves is zero. */
  private static LayerReport row(String name, long weights, long surviving) {
    double density = (double) surviving / weights;
    return new LayerReport(
        name,
        "dense",
        weights,
        surviving,
        density,
        null,
        2 * weights,
        50.0,
        50 * density,
        "dense",
        0L,
        null,
        null,
        0,
        null,
        null);
  }
}
