package io.secateur.store.hadoop;

import io.secateur.store.IntegrityException;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredModel;
import io.secateur.store.TagFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The store's protocol over the operations of {@link StoreFiles}. Thread-safe. */
final class HadoopModelStore implements ModelStore {
  /** No manifest comes near this; a file that does isn't worth its memory. */
  private static final long MANIFEST_LIMIT = 64L << 20;

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
    String file = StorePaths.manifest(version);
    String full = root() + "/" + file;
    byte[] bytes;
    try {
      long length = files.length(file);
      if (length > MANIFEST_LIMIT) {
        throw new IntegrityException(
            full, length + " bytes", "a manifest of at most " + MANIFEST_LIMIT + " bytes");
      }
      bytes = files.read(file);
    } catch (NoSuchFileException e) {
      resolve(ModelReference.exactly(version));
      throw StoreErrors.refused(files, "read " + file, e);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "read " + file, e);
    }
    ModelManifest manifest = ModelManifest.parse(bytes, full);
    if (!manifest.version().equals(version)) {
      throw new IntegrityException(full, "the manifest of " + manifest.version(), "of " + version);
    }
    return manifest;
  }

  @Override
  public StoredModel read(ModelVersion version) {
    ModelManifest manifest = manifest(version);
    Payload payload = new Payload(files, StorePaths.payload(version.model(), manifest.payload()));
    return new StoredModel(
        manifest,
        payload.readTensors(manifest.topology(), manifest.tensors(), manifest.hashes()),
        payload.read(manifest.configuration()));
  }

  @Override
  public void tag(ModelVersion version, String tag) {
    Names.requireTag(tag);
    resolve(ModelReference.exactly(version));
    whole.replace(StorePaths.tags(version.model()), tag, TagFile.toBytes(version));
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
  public JobFolders jobs() {
    return new HadoopJobFolders(files);
  }
}
