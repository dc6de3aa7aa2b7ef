package io.secateur.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The content of a tag's file: the version it names, in the closed form of a manifest. */
public final class TagFile {
  private TagFile() {}

  /** The bytes of a tag's file. */
  public static byte[] toBytes(ModelVersion version) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", version.model());
    json.put("version", version.number());
    return ClosedJson.write(json);
  }

  /**
   * The version that a tag's file names.
   *
   * @param model the model that the tag belongs to
   * @param file the file's name for messages
   * @throws IntegrityException when a byte differs, or the tag names another model
   */
  public static ModelVersion parse(byte[] bytes, String model, String file) {
    JsonMembers json = new JsonMembers(ClosedJson.read(bytes, file), "");
    ModelVersion version;
    try {
      version = new ModelVersion(json.text("model"), json.integer("version"));
    } catch (RuntimeException e) {
      throw new IntegrityException(file, e.getMessage(), "a tag of model " + model, e);
    }
    if (!version.model().equals(model)) {
      throw new IntegrityException(file, "a tag of " + version, "a tag of model " + model);
    }
    return version;
  }
}
