package io.secateur.store.hadoop;

import io.secateur.error.StoreException;
import io.secateur.network.Topology;
import io.secateur.store.IntegrityException;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelArchive;
import io.secateur.store.ModelArchiveWriter;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.PayloadWriter;
import io.secateur.store.StagedModel;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredModel;
import io.secateur.store.StoredTensor;
import io.secateur.store.TagFile;
import io.secateur.tensor.WeightTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The store's protocol over the operations of {@link StoreFiles}. Thread-safe. */
final class HadoopModelStore implements ModelStore {
  private final StoreFiles files;
  private final WholeFiles whole;

  HadoopModelStore(StoreFiles files) {
    this.files = files;
    this.whole = new WholeFiles(files);
  }

  @Override
  public URI root() {
    return files.root();
  }

  @Override
  public StagedModel stage(ModelDraft draft) {
    return Staging.of(files, draft);
  }

  @Override
  public StagedModel stage(ModelArchive archive, String model) {
    return Staging.of(files, archive, Names.requireModel(model));
  }

  @Override
  public PayloadWriter writePayload(String model, Topology topology) {
    return new PayloadWriting(files, Names.requireModel(model), topology);
  }

  @Override
  public StagedModel staged(ModelManifest written) {
    return Staging.of(files, written);
  }

  @Override
  public List<String> models() {
    return whole.list(StorePaths.MODELS).stream()
        .filter(Names::isModel)
        .filter(model -> !versions(model).isEmpty())
        .sorted()
        .toList();
  }

  @Override
  public List<ModelVersion> versions(String model) {
    return whole.list(StorePaths.versions(Names.requireModel(model))).stream()
        .flatMap(name -> StorePaths.number(name).stream())
        .sorted()
        .map(number -> new ModelVersion(model, number))
        .toList();
  }

  @Override
  public SortedSet<ModelVersion> expired(String model) {
    return whole.list(StorePaths.versions(Names.requireModel(model))).stream()
        .flatMap(name -> StorePaths.expiredNumber(name).stream())
        .map(number -> new ModelVersion(model, number))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Versions that must have been there, as higher ones are. */
  List<ModelVersion> gaps(String model) {
    SortedSet<ModelVersion> there = new TreeSet<>(versions(model));
    SortedSet<ModelVersion> known = expired(model);
    known.addAll(there);
    return known.isEmpty()
        ? List.of()
        : IntStream.rangeClosed(1, known.last().number())
            .mapToObj(number -> new ModelVersion(model, number))
            .filter(version -> !there.contains(version))
            .toList();
  }

  /** Refuses a model in which a version is missing: what its manifest named isn't known. */
  void requireNoGaps(String model) {
    List<ModelVersion> gaps = gaps(model);
    if (!gaps.isEmpty()) {
      throw new IntegrityException(
          root() + "/" + StorePaths.manifest(gaps.get(0)),
          "no such file",
          "the manifest of " + gaps.get(0) + ": versions are numbered without gaps");
    }
  }

  /** Refuses a model of which no version is there. */
  void requireModel(String model) {
    resolve(ModelReference.highest(model));
  }

  /** Refuses a place where no store is. */
  void requireStore() {
    try {
      if (!files.exists(StorePaths.MODELS)) {
        throw new StoreException(
            "no store at " + root(),
            "a folder with models",
            "check the place, or choose another store with --store");
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, "look into " + root(), e);
    }
  }

  @Override
  public ModelVersion resolve(ModelReference reference) {
    String model = reference.model();
    List<ModelVersion> versions = versions(model);
    if (versions.isEmpty()) {
      throw StoreErrors.missing(
          "model " + model + " in store " + root(),
          "models",
          models(),
          "check the name, or choose another store with --store");
    }
    if (reference.tag().isPresent()) {
      return requireExisting(tagged(model, reference.tag().get()), versions);
    }
    return reference
        .number()
        .map(number -> requireExisting(new ModelVersion(model, number), versions))
        .orElseGet(() -> versions.get(versions.size() - 1));
  }

  private ModelVersion requireExisting(ModelVersion version, List<ModelVersion> versions) {
    if (!versions.contains(version)) {
      throw StoreErrors.missing(
          "version " + version + " in store " + root(), "versions", versions, "name one of these");
    }
    return version;
  }

  private ModelVersion tagged(String model, String tag) {
    return readTag(model, tag)
        .orElseThrow(
            () ->
                StoreErrors.missing(
                    "tag " + tag + " of model " + model + " in store " + root(),
                    "tags",
                    tags(model).keySet(),
                    "name one of these, or a version number"));
  }

  @Override
  public ModelManifest manifest(ModelVersion version) {
    return parse(version, manifestBytes(version));
  }

  byte[] manifestBytes(ModelVersion version) {
    String file = StorePaths.manifest(version);
    try {
      long length = files.length(file);
      if (length > ModelManifest.MAX_BYTES) {
        throw new IntegrityException(
            root() + "/" + file,
            length + " bytes",
            "a manifest of at most " + ModelManifest.MAX_BYTES + " bytes");
      }
      return files.read(file);
    } catch (NoSuchFileException e) {
      resolve(ModelReference.exactly(version));
      throw StoreErrors.refused(files, "read " + file, e);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "read " + file, e);
    }
  }

  ModelManifest parse(ModelVersion version, byte[] bytes) {
    String file = root() + "/" + StorePaths.manifest(version);
    ModelManifest manifest = ModelManifest.parse(bytes, file);
    if (!manifest.version().equals(version)) {
      throw new IntegrityException(file, "the manifest of " + manifest.version(), "of " + version);
    }
    return manifest;
  }

  @Override
  public StoredModel read(ModelVersion version) {
    ModelManifest manifest = manifest(version);
    requireLive(version);
    Payload payload = payload(manifest);
    return new StoredModel(
        manifest,
        payload.readTensors(manifest.topology(), manifest.tensors(), manifest.hashes()),
        payload.read(manifest.configuration()));
  }

  @Override
  public WeightTensor read(ModelVersion version, String tensor) {
    ModelManifest manifest = manifest(version);
    requireLive(version);
    StoredTensor stored =
        manifest.tensors().stream()
            .filter(one -> one.name().equals(tensor))
            .findFirst()
            .orElseThrow(
                () ->
                    StoreErrors.missing(
                        "tensor " + tensor + " of " + version,
                        "tensors",
                        manifest.tensors().stream().map(StoredTensor::name).toList(),
                        "name one of these"));
    Payload payload = payload(manifest);
    return stored.decode(payload.read(stored.file()), payload.full(stored.file().file()));
  }

  @Override
  public byte[] configuration(ModelVersion version) {
    ModelManifest manifest = manifest(version);
    requireLive(version);
    return payload(manifest).read(manifest.configuration());
  }

  Payload payload(ModelManifest manifest) {
    return new Payload(files, StorePaths.payload(manifest.version().model(), manifest.payload()));
  }

  @Override
  public void export(ModelVersion version, OutputStream to) throws IOException {
    byte[] bytes = manifestBytes(version);
    ModelManifest manifest = parse(version, bytes);
    requireLive(version);
    Payload payload = payload(manifest);
    try (ModelArchiveWriter archive = new ModelArchiveWriter(to, bytes)) {
      for (StoredFile file : manifest.files()) {
        archive.write(file, payload.read(file));
      }
    }
  }

  @Override
  public void tag(ModelVersion version, String tag) {
    Names.requireTag(tag);
    resolve(ModelReference.exactly(version));
    whole.replace(
        StorePaths.tags(version.model()),
        tag,
        TagFile.toBytes(version),
        () -> requireLive(version));
    // Of an expiry that looked for tags before this one was there.
    Expirer.lift(files, version);
  }

  private void requireLive(ModelVersion version) {
    try {
      if (!files.exists(StorePaths.tombstone(version))) {
        return;
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, "read " + StorePaths.tombstone(version), e);
    }
    SortedSet<ModelVersion> live = new TreeSet<>(versions(version.model()));
    live.removeAll(expired(version.model()));
    throw StoreErrors.expired(version, live);
  }

  /** Whether a tag keeps its version from expiring: any but the one that the job gave by itself. */
  boolean keeps(String tag, ModelVersion version) {
    return !tag.equals(manifest(version).provenance().jobTag());
  }

  @Override
  public void untag(String model, String tag) {
    String file = StorePaths.tags(Names.requireModel(model)) + "/" + Names.requireTag(tag);
    requireModel(model);
    try {
      if (!files.exists(file)) {
        throw StoreErrors.missing(
            "tag " + tag + " of model " + model + " in store " + root(),
            "tags",
            tags(model).keySet(),
            "name one of these");
      }
      files.deleteFile(file);
      files.sync(StorePaths.tags(model));
    } catch (IOException e) {
      throw StoreErrors.refused(files, "remove " + file, e);
    }
  }

  @Override
  public SortedMap<String, ModelVersion> tags(String model) {
    SortedMap<String, ModelVersion> tags = new TreeMap<>();
    for (String name : whole.list(StorePaths.tags(Names.requireModel(model)))) {
      if (Names.isTag(name)) {
        readTag(model, name).ifPresent(version -> tags.put(name, version));
      }
    }
    return tags;
  }

  private Optional<ModelVersion> readTag(String model, String tag) {
    String file = StorePaths.tags(model) + "/" + tag;
    return whole.readIfExists(file).map(bytes -> TagFile.parse(bytes, model, root() + "/" + file));
  }

  @Override
  public void requireWritable() {
    try {
      files.createFolder(StorePaths.MODELS);
      probe(StorePaths.MODELS);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "write to store " + root(), e);
    }
  }

  @Override
  public void requireWritable(String model) {
    requireWritable();
    String folder = StorePaths.model(Names.requireModel(model));
    try {
      if (!files.exists(folder)) {
        return;
      }
      probe(folder);
      for (String part :
          List.of(StorePaths.versions(model), StorePaths.data(model), StorePaths.tags(model))) {
        if (files.exists(part)) {
          probe(part);
        }
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, "write to " + root() + "/" + folder, e);
    }
  }

  private void probe(String folder) throws IOException {
    String file = StorePaths.hidden(folder, "probe");
    try {
      files.write(file, new byte[] {'\n'});
    } finally {
      files.deleteFile(file);
    }
  }

  @Override
  public Optional<ModelVersion> publishedBy(String model, String job, String stage, int after) {
    return versions(model).stream()
        .filter(version -> version.number() > after && isOf(manifest(version), job, stage))
        .findFirst();
  }

  private static boolean isOf(ModelManifest manifest, String job, String stage) {
    return manifest.provenance().job().equals(job) && manifest.provenance().stage().equals(stage);
  }

  @Override
  public StoreMaintenance maintenance() {
    return new HadoopMaintenance(files, this);
  }

  @Override
  public JobFolders jobs() {
    return new HadoopJobFolders(files);
  }
}
