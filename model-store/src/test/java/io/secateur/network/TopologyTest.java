package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Shape EIGHT = Shape.of(8);
  private static final Node INPUT = Node.input("input", EIGHT, 0.5);

  /** Two branches, grouped convolution, statistics, an opaque layer: every kind of node. */
  private static List<Node> everyKind() {
    Shape image = Shape.of(4, 6, 6);
    Shape pooled = Shape.of(4, 3, 3);
    return List.of(
        Node.input("pixels", image, 1.0 / 255),
        Node.convolution("b", "pixels", image, 4, 3, 1, 1, 2),
        Node.batchNorm("b-norm", "b", image, 1e-5),
        Node.convolution("a", "pixels", image, 4, Window.square(3, 1, 1), 1).withoutBias(),
        Node.add("sum", List.of("b-norm", "a"), image),
        Node.relu("relu", "sum", image),
        Node.maxPool("pool", "relu", image, Window.square(2, 2, 0)),
        Node.flatten("flatten", "pool", pooled),
        Node.dropout("drop", "flatten", Shape.of(36), 0.5),
        Node.opaque(
            "gate",
            "org.example.Gate",
            List.of("drop"),
            Shape.of(36),
            List.of(
                new ParameterSpec("gate.bias", Shape.of(36), Role.BIAS),
                new ParameterSpec("gate.weight", Shape.of(36, 36), Role.WEIGHT))),
        Node.dense("fc", "gate", 36, 10),
        Node.softmax("softmax", "fc", Shape.of(10)));
  }

  @Test
  void orderIsTopologicalWithTiesByName() {
    List<Node> shuffled = new ArrayList<>(everyKind());
    Collections.reverse(shuffled);

    Topology topology = Topology.of(shuffled);

    assertThat(topology.nodes())
        .extracting(Node::name)
        .containsExactly(
            "pixels", "a", "b", "b-norm", "sum", "relu", "pool", "flatten", "drop", "gate", "fc",
            "softmax");
    assertThat(topology).isEqualTo(Topology.of(everyKind()));
    assertThat(topology.output().name()).isEqualTo("softmax");
    assertThat(topology.inputShape()).isEqualTo(Shape.of(4, 6, 6));
    assertThat(topology.inputScale()).isEqualTo(1.0 / 255);
  }

  @Test
  void jsonRoundTripsThroughText() throws Exception {
    Topology topology = Topology.of(everyKind());
    String text = JSON.writeValueAsString(topology.toJson());

    Topology read = Topology.fromJson(JSON.readTree(text));

    assertThat(read).isEqualTo(topology);
    assertThat(JSON.writeValueAsString(read.toJson())).isEqualTo(text);
  }

  @Test
  void jsonIsAsDocumented() throws Exception {
    Topology topology = Topology.of(INPUT, Node.dense("fc1", "input", 8, 2));

    assertThat(topology.toJson())
        .isEqualTo(
            JSON.readTree(
                """
                {"nodes": [
                  {"name": "input", "kind": "input", "inputs": [], "attributes": {"scale": 0.5},
                   "output-shape": [8], "parameters": []},
                  {"name": "fc1", "kind": "dense", "inputs": ["input"], "attributes": {},
                   "output-shape": [2],
                   "parameters": [{"name": "fc1.weight", "role": "weight", "shape": [2, 8]},
                                  {"name": "fc1.bias", "role": "bias", "shape": [2]}]}]}
                """));
  }

  @Test
  void unknownKindBecomesOpaqueWithThatType() throws Exception {
    JsonNode json =
        JSON.readTree(
            JSON.writeValueAsString(Topology.of(INPUT, Node.relu("x", "input", EIGHT)).toJson())
                .replace("\"relu\"", "\"gelu\""));

    Node node = Topology.fromJson(json).node("x").orElseThrow();

    assertThat(node.kind()).isEqualTo(NodeKind.OPAQUE);
    assertThat(node.text("type")).isEqualTo("gelu");
    assertThat(Topology.fromJson(Topology.fromJson(json).toJson()))
        .isEqualTo(Topology.fromJson(json));
  }

  @Test
  void jsonThatIsNoTopologyIsRefused() throws Exception {
    String good = JSON.writeValueAsString(Topology.of(INPUT).toJson());
    Map<String, String> spoilt =
        Map.of(
            "\"scale\":0.5", "\"scale\":true",
            "\"scale\":", "\"scaled\":",
            "[8]", "[8.5]",
            "\"inputs\":[]", "\"inputs\":[1]",
            "\"kind\":\"input\"", "\"kind\":7",
            "\"parameters\":[]", "\"parameters\":{}",
            "\"name\":", "\"nom\":",
            "{\"nodes\"", "{\"extra\":1,\"nodes\"");
    for (Map.Entry<String, String> change : spoilt.entrySet()) {
      JsonNode json = JSON.readTree(good.replace(change.getKey(), change.getValue()));
      assertThatIllegalArgumentException().as("%s", json).isThrownBy(() -> Topology.fromJson(json));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Topology.fromJson(JSON.readTree("[]")));
  }

  @Test
  void inputOwnsNoParameters() {
    assertRefused(
        "node input of kind input has the parameters []",
        new Node(
            "input",
            NodeKind.INPUT,
            Map.of("scale", 1.0),
            List.of(),
            EIGHT,
            List.of(new ParameterSpec("input.weight", EIGHT, Role.WEIGHT))));
  }

  @Test
  void cyclesAreRefused() {
    assertRefused(
        "these nodes are on or behind a cycle: [a, b, out]",
        INPUT,
        Node.add("a", List.of("input", "b"), EIGHT),
        Node.relu("b", "a", EIGHT),
        Node.relu("out", "b", EIGHT));
  }

  @Test
  void graphsThatDontHangTogetherAreRefused() {
    assertRefused("node x reads the unknown node y", INPUT, Node.relu("x", "y", EIGHT));
    assertRefused("two nodes are named input", INPUT, INPUT);
    assertRefused(
        "a topology has one node of kind input, found [input, other]",
        INPUT,
        Node.input("other", EIGHT, 1));
    assertRefused("a topology has one node of kind input, found []");
    assertRefused(
        "a topology has one node that no other reads, found [x, y]",
        INPUT,
        Node.relu("x", "input", EIGHT),
        Node.relu("y", "input", EIGHT));
  }

  @Test
  void shapesThatDontFitAreRefused() {
    assertRefused(
        "node x of kind relu turns [[8]] into [8], found [9]",
        INPUT,
        Node.relu("x", "input", Shape.of(9)));
    assertRefused(
        "node x of kind dense has the parameters [", INPUT, Node.dense("x", "input", 7, 2));
    assertRefused(
        "node x of kind add can't have 1 inputs", INPUT, Node.add("x", List.of("input"), EIGHT));
    assertRefused(
        "node x reads [channels, height, width], found [8]",
        INPUT,
        new Node(
            "x",
            NodeKind.MAX_POOL,
            Node.maxPool("x", "input", Shape.of(1, 2, 2), Window.square(2, 2, 0)).attributes(),
            List.of("input"),
            EIGHT,
            List.of()));
  }

  @Test
  void attributesThatAreMissingOrOutOfBoundsAreRefused() {
    assertRefused(
        "node x of kind dropout needs the attribute rate of type Double, found null",
        INPUT,
        new Node("x", NodeKind.DROPOUT, Map.of(), List.of("input"), EIGHT, List.of()));
    assertRefused(
        "node x of kind dropout has a rate in [0, 1), found 1.0",
        INPUT,
        Node.dropout("x", "input", EIGHT, 1.0));
  }

  @Test
  void attributesThatAreNotUnderstoodAreRefused() {
    assertRefused(
        "node x of kind relu has the attributes [], found [slope]",
        INPUT,
        new Node("x", NodeKind.RELU, Map.of("slope", 0.1), List.of("input"), EIGHT, List.of()));
  }

  @Test
  void operationsAreThoseOfThePapersTable() {
    Topology lenet5 = ShippedNetwork.LENET_5.topology();

    assertThat(lenet5.nodes())
        .filteredOn(node -> lenet5.flop(node) > 0)
        .extracting(Node::name, lenet5::flop)
        .containsExactly(
            tuple("conv1", 576_000L),
            tuple("conv2", 3_200_000L),
            tuple("fc1", 800_000L),
            tuple("fc2", 10_000L));
  }

  private static void assertRefused(String message, Node... nodes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Topology.of(nodes))
        .withMessageStartingWith(message);
  }
}
