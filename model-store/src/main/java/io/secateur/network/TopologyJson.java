package io.secateur.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON of a topology:
 *
 * <pre>{@code
 * {"nodes": [{"name": "fc1", "kind": "dense", "inputs": ["flatten"], "attributes": {},
 *             "output-shape": [300],
 *             "parameters": [{"name": "fc1.weight", "role": "weight", "shape": [300, 784]}, …]}, …]}
 * }</pre>
 *
 * Nodes stand in canonical order, attributes are sorted; a whole number is a {@code Long}, any
 * other number a {@code Double}.
 */
final class TopologyJson {
  private static final Set<String> NODE_KEYS =
      Set.of("name", "kind", "inputs", "attributes", "output-shape", "parameters");
  private static final Set<String> PARAMETER_KEYS = Set.of("name", "role", "shape");

  private TopologyJson() {}

  static ObjectNode write(Topology topology) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode nodes = json.putArray("nodes");
    topology.nodes().forEach(node -> writeNode(node, nodes.addObject()));
    return json;
  }

  private static void writeNode(Node node, ObjectNode json) {
    json.put("name", node.name());
    json.put("kind", node.kind().wireName());
    ArrayNode inputs = json.putArray("inputs");
    node.inputs().forEach(inputs::add);
    ObjectNode attributes = json.putObject("attributes");
    node.attributes()
        .forEach(
            (key, value) -> {
              if (value instanceof Long number) {
                attributes.put(key, number);
              } else if (value instanceof Double number) {
                attributes.put(key, number);
              } else {
                attributes.put(key, (String) value);
              }
            });
    writeShape(node.outputShape(), json.putArray("output-shape"));
    ArrayNode parameters = json.putArray("parameters");
    for (ParameterSpec parameter : node.parameters()) {
      ObjectNode entry = parameters.addObject();
      entry.put("name", parameter.name());
      entry.put("role", parameter.role().wireName());
      writeShape(parameter.shape(), entry.putArray("shape"));
    }
  }

  private static void writeShape(Shape shape, ArrayNode json) {
    for (int dim : shape.toArray()) {
      json.add(dim);
    }
  }

  static Topology read(JsonNode json) {
    requireKeys("the topology", json, Set.of("nodes"));
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : array("the topology", json, "nodes")) {
      nodes.add(readNode(node));
    }
    return Topology.of(nodes);
  }

  private static Node readNode(JsonNode json) {
    requireKeys("a node", json, NODE_KEYS);
    String name = text("a node", json, "name");
    String where = "node " + name;
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : array(where, json, "inputs")) {
      if (!input.isTextual()) {
        throw new IllegalArgumentException(where + " has inputs that are names, found " + input);
      }
      inputs.add(input.textValue());
    }
    Map<String, Object> attributes = readAttributes(where, json.get("attributes"));
    String kindName = text(where, json, "kind");
    NodeKind kind = NodeKind.named(kindName).orElse(NodeKind.OPAQUE);
    if (kind == NodeKind.OPAQUE) {
      attributes.putIfAbsent("type", kindName);
    }
    List<ParameterSpec> parameters = new ArrayList<>();
    for (JsonNode parameter : array(where, json, "parameters")) {
      parameters.add(readParameter(where, parameter));
    }
    Shape outputShape = shape(where, json, "output-shape");
    return new Node(name, kind, attributes, inputs, outputShape, parameters);
  }

  private static ParameterSpec readParameter(String where, JsonNode json) {
    requireKeys("a parameter of " + where, json, PARAMETER_KEYS);
    String role = text(where, json, "role");
    return new ParameterSpec(
        text(where, json, "name"),
        shape(where, json, "shape"),
        Role.named(role)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a parameter of " + where + " has the unknown role " + role)));
  }

  private static Map<String, Object> readAttributes(String where, JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(where + " has attributes by name, found " + json);
    }
    Map<String, Object> attributes = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = json.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode value = field.getValue();
      if (value.isIntegralNumber() && value.canConvertToLong()) {
        attributes.put(field.getKey(), value.longValue());
      } else if (value.isFloatingPointNumber()) {
        attributes.put(field.getKey(), value.doubleValue());
      } else if (value.isTextual()) {
        attributes.put(field.getKey(), value.textValue());
      } else {
        throw new IllegalArgumentException(
            "attribute "
                + field.getKey()
                + " of "
                + where
                + " is a number or a text, found "
                + value);
      }
    }
    return attributes;
  }

  private static void requireKeys(String where, JsonNode json, Set<String> keys) {
    Set<String> found = new TreeSet<>();
    json.fieldNames().forEachRemaining(found::add);
    if (!found.equals(keys)) {
      throw new IllegalArgumentException(
          where + " has the keys " + new TreeSet<>(keys) + ", found " + found);
    }
  }

  private static String text(String where, JsonNode json, String key) {
    JsonNode value = json.get(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " of " + where + " is a text, found " + value);
    }
    return value.textValue();
  }

  private static JsonNode array(String where, JsonNode json, String key) {
    JsonNode value = json.get(key);
    if (!value.isArray()) {
      throw new IllegalArgumentException(key + " of " + where + " is a list, found " + value);
    }
    return value;
  }

  private static Shape shape(String where, JsonNode json, String key) {
    JsonNode list = array(where, json, key);
    int[] dims = new int[list.size()];
    for (int i = 0; i < dims.length; i++) {
      JsonNode dim = list.get(i);
      if (!dim.isIntegralNumber() || !dim.canConvertToInt()) {
        throw new IllegalArgumentException(
            key + " of " + where + " is a list of whole numbers, found " + list);
      }
      dims[i] = dim.intValue();
    }
    return Shape.of(dims);
  }
}
