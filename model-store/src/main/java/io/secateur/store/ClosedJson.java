package io.secateur.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Canonical JSON closed by the SHA-256 of the bytes before it: the form of manifests and tags.
 *
 * <p>UTF-8, no white space, the members of every object in the order of their names (by UTF-16 code
 * unit); after the last member of the outermost object stands one more, out of order:
 *
 * <pre>{"a":1,"b":[2,3],"sha256":"&lt;64 lower-case hexadecimal digits&gt;"}\n</pre>
 *
 * The digits are the SHA-256 of all bytes before {@code ,"sha256":"}, that is, of the object
 * without its closing brace. The last {@value #CLOSING_LENGTH} bytes of a file are always this
 * closing, so a cut file can't pass, and the file is JSON for every other tool.
 */
final class ClosedJson {
  private static final String OPEN = ",\"sha256\":\"";
  private static final String CLOSE = "\"}\n";

  /** The length of the closing in bytes. */
  static final int CLOSING_LENGTH = 11 + 64 + 3;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
  private static final ObjectReader READER =
      MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ClosedJson() {}

  /** The closed bytes of a non-empty object without a member {@code sha256}. */
  static byte[] write(ObjectNode object) {
    if (object.isEmpty() || object.has("sha256")) {
      throw new IllegalArgumentException("an object to close has members and no sha256");
    }
    try {
      byte[] json = MAPPER.writeValueAsBytes(sorted(object));
      MessageDigest digest = Sha256.digest();
      digest.update(json, 0, json.length - 1);
      byte[] closing =
          (OPEN + Sha256.hex(digest.digest()) + CLOSE).getBytes(StandardCharsets.US_ASCII);
      byte[] closed = Arrays.copyOf(json, json.length - 1 + closing.length);
      System.arraycopy(closing, 0, closed, json.length - 1, closing.length);
      return closed;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree that can't be written", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      NavigableSet<String> names = new TreeSet<>();
      object.fieldNames().forEachRemaining(names::add);
      ObjectNode copy = MAPPER.createObjectNode();
      names.forEach(name -> copy.set(name, sorted(object.get(name))));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = MAPPER.createArrayNode();
      array.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return node;
  }

  /**
   * The object that {@link #write} closed, without its closing.
   *
   * @param file its name for the message
   * @throws IntegrityException when any byte differs
   */
  static ObjectNode read(byte[] closed, String file) {
    int body = closed.length - CLOSING_LENGTH;
    String closing =
        body < 1 ? "" : new String(closed, body, CLOSING_LENGTH, StandardCharsets.ISO_8859_1);
    if (!closing.startsWith(OPEN) || !closing.endsWith(CLOSE)) {
      throw new IntegrityException(
          file,
          "cut or damaged: its " + closed.length + " bytes do not end with the closing sha256",
          "JSON closed by the SHA-256 of the bytes before it");
    }
    MessageDigest digest = Sha256.digest();
    digest.update(closed, 0, body);
    String found = Sha256.hex(digest.digest());
    String stated = closing.substring(OPEN.length(), OPEN.length() + 64);
    if (!found.equals(stated)) {
      throw new IntegrityException(
          file, "damaged: its content has SHA-256 " + found, "SHA-256 " + stated);
    }
    byte[] json = Arrays.copyOf(closed, body + 1);
    json[body] = '}';
    try {
      return (ObjectNode) READER.readTree(json);
    } catch (IOException | ClassCastException e) {
      throw new IntegrityException(file, "not a JSON object", "a JSON object", e);
    }
  }
}
