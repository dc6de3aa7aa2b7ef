package io.secateur.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.error.UsageException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML to a JSON tree with line numbers. Plain scalars follow YAML 1.2's core schema (so {@code no}
 * and {@code on} are words), numbers are exact decimals, and what has no place in a job file is
 * refused: duplicate keys, tags, keys that are not words, several documents.
 */
final class YamlTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,400}|[0-9]{1,400}(\\.[0-9]{0,400})?)([eE][-+]?[0-9]{1,3})?");
  private static final int MAX_SCALE = 400;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_BYTES = 1 << 20;

  private final String name;
  private final Map<JsonPointer, Integer> lines = new HashMap<>();

  private YamlTree(String name) {
    this.name = name;
  }

  static JobDocument document(String name, byte[] yaml) {
    YamlTree tree = new YamlTree(name);
    Node node = tree.compose(tree.text(yaml));
    if (node == null) {
      throw tree.refuse("nothing in " + name, "a mapping of job options");
    }
    JsonNode root = tree.convert(node, JsonPointer.empty(), 0);
    if (!(root instanceof ObjectNode mapping)) {
      throw tree.refuse(
          "no mapping at line %d of %s".formatted(line(node), name), "a mapping of job options");
    }
    return new JobDocument(name, mapping, tree.lines);
  }

  /** One value, such as that of a {@code --set}; an empty one is null. */
  static JsonNode value(String where, String yaml) {
    YamlTree tree = new YamlTree(where);
    Node node = tree.compose(yaml);
    return node == null ? JSON.nullNode() : tree.convert(node, JsonPointer.empty(), 0);
  }

  private String text(byte[] yaml) {
    if (yaml.length > MAX_BYTES) {
      throw refuse("%d bytes in %s".formatted(yaml.length, name), "a job file below 1 MiB");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw refuse("bytes that are not UTF-8 in " + name, "a YAML text in UTF-8");
    }
  }

  private Node compose(String yaml) {
    LoaderOptions limits = new LoaderOptions();
    limits.setNestingDepthLimit(MAX_DEPTH);
    try {
      return new Yaml(limits).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      String at =
          e.getProblemMark() == null
              ? name
              : "line %d of %s".formatted(e.getProblemMark().getLine() + 1, name);
      throw refuse("%s (%s)".formatted(e.getProblem(), at), "valid YAML");
    } catch (YAMLException e) {
      throw refuse("%s (%s)".formatted(e.getMessage(), name), "valid YAML");
    }
  }

  private JsonNode convert(Node node, JsonPointer at, int depth) {
    lines.putIfAbsent(at, line(node));
    if (depth > MAX_DEPTH) {
      throw refuse(
          "more than %d levels at line %d of %s".formatted(MAX_DEPTH, line(node), name),
          "a job file");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(convert(item, at.appendIndex(array.size()), depth + 1));
      }
      return array;
    }
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : ((MappingNode) node).getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw refuse(
            "a key that is not a word (line %d of %s)".formatted(line(entry.getKeyNode()), name),
            "keys that are words");
      }
      if (object.has(key.getValue())) {
        throw refuse(
            "key '%s' twice (line %d of %s)".formatted(key.getValue(), line(key), name),
            "every key once");
      }
      JsonPointer below = at.appendProperty(key.getValue());
      lines.put(below, line(key));
      object.set(key.getValue(), convert(entry.getValueNode(), below, depth + 1));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return JSON.textNode(text);
    }
    if (!scalar.getTag().startsWith(Tag.PREFIX)) {
      throw refuse(
          "tag %s (line %d of %s)".formatted(scalar.getTag(), line(scalar), name),
          "values without tags");
    }
    if (text.isEmpty() || "null".equals(text) || "~".equals(text)) {
      return JSON.nullNode();
    }
    if ("true".equals(text) || "false".equals(text)) {
      return JSON.booleanNode("true".equals(text));
    }
    if (WHOLE.matcher(text).matches()) {
      return JSON.numberNode(new BigDecimal(text).toBigIntegerExact());
    }
    if (DECIMAL.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs(number.scale()) <= MAX_SCALE) {
        return DecimalNode.valueOf(number);
      }
    }
    return JSON.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private UsageException refuse(String found, String expected) {
    return new UsageException(found, expected, "correct it");
  }
}
