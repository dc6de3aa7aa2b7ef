package io.secateur.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The content of a tombstone: the version that expired and when, closed like a manifest. */
public final class TombstoneFile {
  private TombstoneFile() {}

  /** The bytes of a tombstone, with the time of the one who expires it. */
  public static byte[] toBytes(ModelVersion version, Instant expired) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", version.model());
    json.put("version", version.number());
    json.put("expired", expired.truncatedTo(ChronoUnit.SECONDS).toString());
    return ClosedJson.write(json);
  }

  /**
   * When a version expired.
   *
   * @param file the file's name for messages
   * @throws IntegrityException when a byte differs, or it is the tombstone of another version
   */
  public static Instant parse(byte[] bytes, ModelVersion version, String file) {
    JsonMembers json = new JsonMembers(ClosedJson.read(bytes, file), "");
    String found;
    Instant expired;
    try {
      found = json.text("model") + "@" + json.integer("version");
      expired = Instant.parse(json.text("expired"));
    } catch (RuntimeException e) {
      throw new IntegrityException(file, e.getMessage(), "the tombstone of " + version, e);
    }
    if (!found.equals(version.toString())) {
      throw new IntegrityException(
          file, "the tombstone of " + found, "the tombstone of " + version);
    }
    return expired;
  }
}
