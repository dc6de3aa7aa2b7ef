package io.secateur.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Strict access to an object's members: a missing member or another type is an {@link
 * IllegalArgumentException} that names it with its path.
 */
final class JsonMembers {
  private final JsonNode object;
  private final String path;

  JsonMembers(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  JsonNode member(String name) {
    JsonNode member = object.get(name);
    if (member == null) {
      throw new IllegalArgumentException("no member " + path + name);
    }
    return member;
  }

  String text(String name) {
    JsonNode member = member(name);
    require(member.isTextual(), name, member, "a string");
    return member.textValue();
  }

  long wholeNumber(String name) {
    JsonNode member = member(name);
    require(member.isIntegralNumber() && member.canConvertToLong(), name, member, "an integer");
    return member.longValue();
  }

  int integer(String name) {
    return Math.toIntExact(wholeNumber(name));
  }

  int[] integers(String name) {
    JsonNode member = member(name);
    require(member.isArray(), name, member, "an array of integers");
    int[] numbers = new int[member.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode item = member.get(i);
      require(
          item.isIntegralNumber() && item.canConvertToInt(), name, member, "an array of integers");
      numbers[i] = item.intValue();
    }
    return numbers;
  }

  JsonMembers object(String name) {
    JsonNode member = member(name);
    require(member.isObject(), name, member, "an object");
    return new JsonMembers(member, path + name + ".");
  }

  List<JsonMembers> objects(String name) {
    JsonNode member = member(name);
    require(member.isArray(), name, member, "an array of objects");
    List<JsonMembers> objects = new ArrayList<>();
    for (JsonNode item : member) {
      require(item.isObject(), name, item, "an array of objects");
      objects.add(new JsonMembers(item, path + name + "[" + objects.size() + "]."));
    }
    return objects;
  }

  /** All members as free-form values. */
  SortedMap<String, Object> values() {
    SortedMap<String, Object> values = new TreeMap<>();
    object
        .fields()
        .forEachRemaining(
            field -> values.put(field.getKey(), JsonValues.fromJson(field.getValue())));
    return values;
  }

  private void require(boolean holds, String name, JsonNode found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          path + name + " is " + found.getNodeType() + ", not " + expected);
    }
  }
}
