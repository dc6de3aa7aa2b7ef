package io.secateur.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Free-form values between Java and JSON, so that what is read equals what was written. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValues() {}

  /** An unmodifiable copy whose values are of the few kinds that {@link Provenance} lists. */
  static SortedMap<String, Object> normalise(String name, Map<?, ?> map) {
    SortedMap<String, Object> copy = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String text)) {
            throw new IllegalArgumentException(name + " has the key " + key + ", not a string");
          }
          copy.put(text, value(name + "." + text, value));
        });
    return Collections.unmodifiableSortedMap(copy);
  }

  private static Object value(String name, Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return normalise(name, map);
    }
    if (value instanceof Iterable<?> items) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(value(name + "[" + copy.size() + "]", item)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Number number) {
      return number(name, number);
    }
    throw new IllegalArgumentException(
        name + " is a " + value.getClass().getName() + ", which JSON can't carry");
  }

  private static Number number(String name, Number number) {
    if (number instanceof Byte || number instanceof Short || number instanceof Integer) {
      return number.longValue();
    }
    if (number instanceof Long || number instanceof BigDecimal) {
      return number;
    }
    if (number instanceof BigInteger big && big.bitLength() < Long.SIZE) {
      return big.longValue();
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException(name + " is " + number + ", which JSON can't carry");
      }
      return new BigDecimal(number.toString());
    }
    throw new IllegalArgumentException(
        name + " is a " + number.getClass().getName() + " of " + number + ", out of range");
  }

  /** The JSON of a normalised value. */
  static JsonNode toJson(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((key, item) -> object.set((String) key, toJson(item)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(item -> array.add(toJson(item)));
      return array;
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number.longValue());
    }
    if (value instanceof BigDecimal number) {
      return NODES.numberNode(number);
    }
    return value instanceof Boolean flag ? NODES.booleanNode(flag) : NODES.textNode((String) value);
  }

  /** The normalised value of JSON that {@link #toJson} made. */
  static Object fromJson(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        SortedMap<String, Object> map = new TreeMap<>();
        node.fields()
            .forEachRemaining(field -> map.put(field.getKey(), fromJson(field.getValue())));
        yield Collections.unmodifiableSortedMap(map);
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(item -> list.add(fromJson(item)));
        yield Collections.unmodifiableList(list);
      }
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : node.decimalValue();
      case BOOLEAN -> node.booleanValue();
      case STRING -> node.textValue();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }
}
