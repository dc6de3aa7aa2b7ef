package io.secateur.store.hadoop;

import io.secateur.encoding.ByteAccount;
import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.store.CommitStateUnknownException;
import io.secateur.store.GracePeriod;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelArchive;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import io.secateur.store.StagedModel;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredTensor;
import io.secateur.store.VersionConflictException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A payload on its way to become a version. */
final class Staging implements StagedModel {
  /**
   * How often another writer may be faster. Each time is another version published, so that this is
   * reached only when something other than competition is wrong.
   */
  static final int CONFLICT_LIMIT = 1_000;

  private static final int LONGEST_PAUSE_MILLIS = 50;

  private enum State {
    STAGED,
    /** A commit runs, or ended without saying how. The payload must stay. */
    IN_DOUBT,
    PUBLISHED,
    CLOSED
  }

  /** For the commit, which has its own way with failures, and to clean up. */
  private final StoreFiles files;

  /** For all else: what took hours to train is not lost to a failure that passes. */
  private final StoreFiles patient;

  private final ModelStore store;
  private final String model;
  private final Content content;
  private UUID id;
  private Payload payload;
  private State state = State.STAGED;

  private Staging(StoreFiles files, String model, UUID id, Content content) {
    this.files = files;
    this.patient = new PatientFiles(files);
    this.store = new HadoopModelStore(patient);
    this.model = model;
    this.id = id;
    this.payload = payload(patient, model, id);
    this.content = content;
  }

  private static Payload payload(StoreFiles files, String model, UUID id) {
    return new Payload(files, StorePaths.payload(model, id));
  }

  /** What a payload holds. */
  private record Content(
      Topology topology, List<StoredTensor> tensors, StoredFile configuration, ModelHashes hashes) {
    List<StoredFile> files() {
      return ModelManifest.files(tensors, configuration);
    }
  }

  private interface Writer {
    Content writeTo(Payload payload) throws IOException;
  }

  /** Encodes a draft and writes its payload; removes what was written when that fails. */
  static Staging of(StoreFiles files, ModelDraft draft) {
    return stage(
        files,
        draft.model(),
        payload ->
            new Content(
                draft.topology(),
                payload.writeTensors(draft),
                payload.writeConfiguration(draft.configuration()),
                new ModelHashes(
                    NetworkHashes.masks(draft.parameters().layout(), draft.parameters().mask()),
                    NetworkHashes.parameters(draft.parameters()))));
  }

  /** Copies an archive's files, and verifies them; removes what was written when that fails. */
  static Staging of(StoreFiles files, ModelArchive archive, String model) {
    ModelManifest manifest = archive.manifest();
    Staging staging =
        stage(
            files,
            model,
            payload -> {
              payload.copy(manifest.files(), archive::read);
              return new Content(
                  manifest.topology(),
                  manifest.tensors(),
                  manifest.configuration(),
                  manifest.hashes());
            });
    boolean verified = false;
    try {
      staging.readBack();
      verified = true;
      return staging;
    } catch (IntegrityException e) {
      throw archive.damaged(e);
    } finally {
      if (!verified) {
        staging.close();
      }
    }
  }

  /** A payload that was written before. */
  static Staging of(StoreFiles files, ModelManifest written) {
    return new Staging(
        files,
        written.version().model(),
        written.payload(),
        new Content(
            written.topology(), written.tensors(), written.configuration(), written.hashes()));
  }

  private static Staging stage(StoreFiles files, String model, Writer writer) {
    UUID id = UUID.randomUUID();
    StoreFiles patient = new PatientFiles(files);
    Payload payload = payload(patient, model, id);
    boolean staged = false;
    try {
      patient.createFolder(payload.folder());
      Content content = writer.writeTo(payload);
      patient.sync(payload.folder());
      staged = true;
      return new Staging(files, model, id, content);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "write the payload of " + model, e);
    } finally {
      if (!staged) {
        discard(files, payload);
      }
    }
  }

  private static void discard(StoreFiles files, Payload payload) {
    try {
      files.deleteFolder(payload.folder());
    } catch (IOException e) {
      // What no manifest names is garbage, whether or not it could be removed now.
    }
  }

  @Override
  public NetworkParameters readBack() {
    requireNot(State.CLOSED);
    return payload.readTensors(content.topology(), content.tensors(), content.hashes());
  }

  @Override
  public List<StoredTensor> tensors() {
    return content.tensors();
  }

  @Override
  public ByteAccount bytes() {
    return content.tensors().stream()
        .map(StoredTensor::bytes)
        .reduce(ByteAccount.ZERO, ByteAccount::plus);
  }

  @Override
  public ModelHashes hashes() {
    return content.hashes();
  }

  @Override
  public ModelVersion publish(Provenance provenance) {
    return publish(provenance, version -> Optional.empty());
  }

  @Override
  public ModelVersion publishOnce(Provenance provenance, int after) {
    AtomicInteger seen = new AtomicInteger(after);
    return publish(
        provenance,
        next -> {
          Optional<ModelVersion> other =
              store.publishedBy(model, provenance.job(), provenance.stage(), seen.get());
          seen.set(next.number() - 1);
          return other;
        });
  }

  /**
   * Publishes unless another version stands for this one.
   *
   * @param standIn asked with the version to be taken, after those below it were listed; a version
   *     that appears later takes the number, so that this one is asked again
   */
  private ModelVersion publish(
      Provenance provenance, Function<ModelVersion, Optional<ModelVersion>> standIn) {
    if (state != State.STAGED) {
      throw new IllegalStateException("a model that is " + state + " can't be published");
    }
    VersionCommit commit = new VersionCommit(files);
    for (int conflicts = 0; conflicts < CONFLICT_LIMIT; conflicts++) {
      if (conflicts > 0 && !pausedAfter(conflicts)) {
        break;
      }
      ModelVersion version = nextVersion();
      Optional<ModelVersion> other = standIn.apply(version);
      if (other.isPresent()) {
        return other.get();
      }
      if (attempt(commit, version, provenance)) {
        return version;
      }
    }
    throw new VersionConflictException(
        new Problem(
            "other writers of model " + model + " that took every version number first",
            "a free number within " + CONFLICT_LIMIT + " attempts",
            "run the command again when fewer jobs publish this model"));
  }

  private ModelVersion nextVersion() {
    List<ModelVersion> versions = store.versions(model);
    int highest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).number();
    return new ModelVersion(model, highest + 1);
  }

  private boolean attempt(VersionCommit commit, ModelVersion version, Provenance provenance) {
    byte[] manifest =
        new ModelManifest(
                version,
                Instant.now(),
                id,
                content.topology(),
                content.tensors(),
                content.configuration(),
                content.hashes(),
                provenance)
            .toBytes();
    // Beside the payload, so that it is garbage together with it if this process ends here.
    String written = StorePaths.hidden(payload.folder(), "manifest");
    try {
      patient.createFolder(StorePaths.versions(model));
      patient.write(written, manifest);
      if (GracePeriod.isHalfOver(
          payload.modified(content.configuration()), patient.modified(written))) {
        remove(written);
        startAgain();
        return false;
      }
    } catch (IOException e) {
      remove(written);
      throw StoreErrors.refused(files, "publish " + version, e);
    }
    state = State.IN_DOUBT;
    try {
      VersionCommit.Outcome outcome =
          commit.commit(written, StorePaths.manifest(version), manifest);
      state = outcome == VersionCommit.Outcome.COMMITTED ? State.PUBLISHED : State.STAGED;
    } catch (CommitStateUnknownException e) {
      throw e;
    } catch (StoreException e) {
      state = State.STAGED;
      throw e;
    }
    remove(written);
    return state == State.PUBLISHED;
  }

  /**
   * Goes on with a copy of a payload that a collection may take for garbage before long. From the
   * check to the commit is one step of one thread, but a machine can sleep in between. That does no
   * harm: a collection removes the written manifest before the payload, and then nothing commits.
   */
  private void startAgain() {
    Payload old = payload;
    Staging again =
        stage(
            files,
            model,
            copy -> {
              copy.copy(content.files(), old::read);
              return content;
            });
    id = again.id;
    payload = again.payload;
    discard(files, old);
  }

  private void remove(String written) {
    try {
      files.deleteFile(written);
    } catch (IOException e) {
      // Hidden, and in a folder that a collection knows to clean.
    }
  }

  /** Random, so that writers that collided don't collide again; false when interrupted. */
  private static boolean pausedAfter(int conflicts) {
    int longest = conflicts < 6 ? 1 << conflicts : LONGEST_PAUSE_MILLIS;
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(longest + 1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void requireNot(State unwanted) {
    if (state == unwanted) {
      throw new IllegalStateException("a model that is " + state + " has no payload");
    }
  }

  @Override
  public void close() {
    if (state == State.STAGED) {
      state = State.CLOSED;
      discard(files, payload);
    }
  }
}
