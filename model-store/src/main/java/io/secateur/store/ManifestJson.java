package io.secateur.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Encoding;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Role;
import io.secateur.network.Topology;
import io.secateur.tensor.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The members of a manifest's JSON, format {@value #FORMAT}. */
final class ManifestJson {
  static final int FORMAT = 1;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ManifestJson() {}

  static void requireLayout(Topology topology, List<StoredTensor> tensors) {
    List<ParameterTensor> layout = ParameterLayout.of(topology).tensors();
    if (layout.size() != tensors.size()) {
      throw new IllegalArgumentException(
          tensors.size() + " tensors for a topology with " + layout.size());
    }
    for (int i = 0; i < tensors.size(); i++) {
      StoredTensor found = tensors.get(i);
      ParameterTensor expected = layout.get(i);
      if (!found.name().equals(expected.spec().name())
          || !found.layer().equals(expected.layer())
          || found.role() != expected.spec().role()
          || !found.shape().equals(expected.spec().shape())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "tensor %d is %s %s, the topology has %s %s",
                i,
                found.name(),
                found.shape(),
                expected.spec().name(),
                expected.spec().shape()));
      }
    }
  }

  static ObjectNode write(ModelManifest manifest) {
    ObjectNode json = NODES.objectNode();
    json.put("format", FORMAT);
    json.put("model", manifest.version().model());
    json.put("version", manifest.version().number());
    json.put("created", manifest.created().toString());
    json.put("payload", manifest.payload().toString());
    json.set("topology", manifest.topology().toJson());
    ArrayNode tensors = json.putArray("tensors");
    manifest.tensors().forEach(tensor -> tensors.add(tensor(tensor)));
    json.set("configuration", file(NODES.objectNode(), manifest.configuration()));
    ObjectNode hashes = json.putObject("hashes");
    hashes.put("masks", manifest.hashes().masks());
    hashes.put("parameters", manifest.hashes().parameters());
    json.set("provenance", provenance(manifest.provenance()));
    return json;
  }

  private static ObjectNode tensor(StoredTensor tensor) {
    ObjectNode json = file(NODES.objectNode(), tensor.file());
    json.put("name", tensor.name());
    json.put("layer", tensor.layer());
    json.put("role", tensor.role().wireName());
    ArrayNode shape = json.putArray("shape");
    for (int dim : tensor.shape().toArray()) {
      shape.add(dim);
    }
    json.put("encoding", tensor.encoding().toString());
    json.put("non-zeros", tensor.nonZeros());
    if (tensor.prunable()) {
      json.put("weights-before-pruning", tensor.weightsBeforePruning());
    }
    ObjectNode bytes = json.putObject("bytes");
    bytes.put("values", tensor.bytes().values());
    bytes.put("indices", tensor.bytes().indices());
    bytes.put("fillers", tensor.bytes().fillers());
    bytes.put("biases", tensor.bytes().biases());
    bytes.put("headers", tensor.bytes().headers());
    return json;
  }

  private static ObjectNode file(ObjectNode json, StoredFile file) {
    json.put("file", file.file());
    json.put("length", file.length());
    json.put("sha256", file.sha256());
    return json;
  }

  private static ObjectNode provenance(Provenance provenance) {
    ObjectNode json = NODES.objectNode();
    json.put("parent", provenance.parent().map(ModelVersion::toString).orElse(null));
    json.put("job", provenance.job());
    json.put("stage", provenance.stage());
    json.set("options", JsonValues.toJson(provenance.options()));
    json.set("data", JsonValues.toJson(provenance.data()));
    json.put("seed", provenance.seed());
    json.put("partitions", provenance.partitions());
    json.put("engine", provenance.engine());
    json.set("software", JsonValues.toJson(provenance.software()));
    json.set("figures", JsonValues.toJson(provenance.figures()));
    return json;
  }

  static ModelManifest read(ObjectNode json, String file) {
    int format = json.path("format").asInt(0);
    if (format != FORMAT) {
      throw new IntegrityException(
          file,
          "manifest format " + json.path("format"),
          "format " + FORMAT + ", the only one that this version of Secateur reads");
    }
    try {
      return read(new JsonMembers(json, ""));
    } catch (RuntimeException e) {
      // The closing hash was right, so these bytes were written as they are: by another program,
      // or by a publisher with a fault. Whatever the parser stumbled on, the file is the problem.
      throw new IntegrityException(file, e.getMessage(), "a manifest of format " + FORMAT, e);
    }
  }

  private static ModelManifest read(JsonMembers json) {
    List<StoredTensor> tensors = new ArrayList<>();
    json.objects("tensors").forEach(tensor -> tensors.add(readTensor(tensor)));
    JsonMembers hashes = json.object("hashes");
    return new ModelManifest(
        new ModelVersion(json.text("model"), json.integer("version")),
        Instant.parse(json.text("created")),
        UUID.fromString(json.text("payload")),
        Topology.fromJson(json.member("topology")),
        tensors,
        readFile(json.object("configuration")),
        new ModelHashes(hashes.text("masks"), hashes.text("parameters")),
        readProvenance(json.object("provenance")));
  }

  private static StoredTensor readTensor(JsonMembers json) {
    Role role = readRole(json.text("role"));
    JsonMembers bytes = json.object("bytes");
    return new StoredTensor(
        json.text("name"),
        json.text("layer"),
        role,
        Shape.of(json.integers("shape")),
        Encoding.parse(json.text("encoding")),
        readFile(json),
        new ByteAccount(
            bytes.wholeNumber("values"),
            bytes.wholeNumber("indices"),
            bytes.wholeNumber("fillers"),
            bytes.wholeNumber("biases"),
            bytes.wholeNumber("headers")),
        role == Role.WEIGHT ? json.wholeNumber("weights-before-pruning") : 0,
        json.wholeNumber("non-zeros"));
  }

  private static StoredFile readFile(JsonMembers json) {
    return new StoredFile(json.text("file"), json.wholeNumber("length"), json.text("sha256"));
  }

  private static Provenance readProvenance(JsonMembers json) {
    JsonNode parent = json.member("parent");
    return new Provenance(
        parent.isNull() ? Optional.empty() : Optional.of(readVersion(json.text("parent"))),
        json.text("job"),
        json.text("stage"),
        new TreeMap<>(json.object("options").values()),
        strings(json.object("data")),
        json.wholeNumber("seed"),
        json.integer("partitions"),
        json.text("engine"),
        strings(json.object("software")),
        new TreeMap<>(json.object("figures").values()));
  }

  private static ModelVersion readVersion(String text) {
    ModelReference reference = ModelReference.parse(text);
    return new ModelVersion(reference.model(), reference.number().orElseThrow());
  }

  private static SortedMap<String, String> strings(JsonMembers json) {
    SortedMap<String, String> strings = new TreeMap<>();
    json.values().keySet().forEach(name -> strings.put(name, json.text(name)));
    return Collections.unmodifiableSortedMap(strings);
  }

  private static Role readRole(String wireName) {
    return Role.named(wireName)
        .orElseThrow(() -> new IllegalArgumentException("unknown role " + wireName));
  }
}
