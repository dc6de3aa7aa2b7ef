package io.secateur.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.error.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job file as a tree in which every value knows where it was written: a line of the file, or a
 * {@code --set}.
 */
final class JobDocument {
  private final String name;
  private final ObjectNode root;
  private final Map<JsonPointer, Integer> lines;
  private final Map<JsonPointer, String> sets = new LinkedHashMap<>();

  JobDocument(String name, ObjectNode root, Map<JsonPointer, Integer> lines) {
    this.name = name;
    this.root = root;
    this.lines = lines;
  }

  ObjectNode root() {
    return root;
  }

  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  boolean has(String pointer) {
    return !root.at(pointer).isMissingNode();
  }

  /** Applies {@code key.path=value}; the value is YAML, and null takes the key away. */
  void set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw badSet(assignment, "'%s' for --set".formatted(assignment));
    }
    String where = "--set " + assignment;
    List<String> path = List.of(assignment.substring(0, equals).split("\\.", -1));
    JsonNode value = YamlTree.value(where, assignment.substring(equals + 1));
    ObjectNode parent = root;
    JsonPointer pointer = JsonPointer.empty();
    for (String key : path.subList(0, path.size() - 1)) {
      pointer = pointer.appendProperty(key);
      JsonNode child = parent.path(key);
      if (child instanceof MissingNode) {
        child = parent.putObject(key);
        sets.put(pointer, where);
      }
      if (!(child instanceof ObjectNode mapping)) {
        throw badSet(assignment, "%s where %s has keys".formatted(child, key));
      }
      parent = mapping;
    }
    String last = path.get(path.size() - 1);
    if (path.contains("")) {
      throw badSet(assignment, "an empty key in --set %s".formatted(assignment));
    }
    if (value.isNull()) {
      parent.remove(last);
    } else {
      parent.set(last, value);
      sets.put(pointer.appendProperty(last), where);
    }
  }

  private static UsageException badSet(String assignment, String found) {
    return new UsageException(
        found,
        "--set key.path=value with the keys of the job file, such as --set train.epochs=5",
        "correct --set %s".formatted(assignment));
  }

  /** Where a value, or the nearest thing around it, was written. */
  String where(String pointer) {
    for (JsonPointer at = JsonPointer.compile(pointer); at != null; at = at.head()) {
      if (sets.containsKey(at)) {
        return sets.get(at);
      }
      if (lines.containsKey(at) && !root.at(at).isMissingNode()) {
        return "line %d of %s".formatted(lines.get(at), name);
      }
    }
    return name;
  }

  /** Orders problems as they stand in the file; those of --set come last. */
  int order(String pointer) {
    for (JsonPointer at = JsonPointer.compile(pointer); at != null; at = at.head()) {
      if (sets.containsKey(at)) {
        return Integer.MAX_VALUE;
      }
      if (lines.containsKey(at)) {
        return lines.get(at);
      }
    }
    return 0;
  }

  /** {@code /prune/quality/fc3} as {@code prune.quality.fc3}. */
  static String dotted(String pointer) {
    if (pointer.isEmpty()) {
      return "";
    }
    return pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
  }
}
