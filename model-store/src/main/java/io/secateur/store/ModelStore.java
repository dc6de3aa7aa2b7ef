package io.secateur.store;

import io.secateur.error.StoreException;
import io.secateur.network.Topology;
import io.secateur.tensor.WeightTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A folder of models with numbered versions, safe for any number of readers and writers in any
 * number of processes.
 *
 * <ul>
 *   <li><b>Atomicity.</b> A version exists when its manifest does, and then completely: whatever
 *       the manifest names was written, synced and closed before. There is no moment at which a
 *       reader can see part of a version.
 *   <li><b>Isolation.</b> A published version never changes, until it expires: its manifest stays
 *       even then. Listing and resolving see the versions whose commit came before; a version that
 *       appears meanwhile may or may not be seen.
 *   <li><b>Ordering.</b> The versions of one model are numbered from 1 without gaps, in the order
 *       of their commits. There is no order between models.
 *   <li><b>Durability.</b> When {@link StagedModel#publish} returns, the version survives a crash
 *       of this process and of the machine ({@code fsync} of files and folders on {@code file:},
 *       {@code hsync} on {@code hdfs:}).
 *   <li><b>Outcomes.</b> A publish returns the version; or fails with nothing published ({@link
 *       StoreException}, {@link VersionConflictException}); or cannot say ({@link
 *       CommitStateUnknownException}), and then leaves every file where it is.
 *   <li><b>Integrity.</b> What is read is compared with the lengths and SHA-256 that were
 *       published; a difference is an {@link IntegrityException} that names the file.
 * </ul>
 *
 * <p>Every method throws {@link StoreException} when the filesystem refuses: permission, no space,
 * unreachable.
 */
public interface ModelStore {
  /** The absolute URI of the store's folder. */
  URI root();

  /**
   * Encodes a model and writes its payload, which nobody sees until {@link StagedModel#publish}.
   * The draft's arrays must not change before this returns.
   */
  StagedModel stage(ModelDraft draft);

  /**
   * Like {@link #stage(ModelDraft)}, but of the very files of an exported version, all of them
   * verified: what is staged decodes, and has the hashes that the archive's manifest states.
   *
   * @param archive stays open until this returns
   * @param model the name to publish as
   * @throws IntegrityException when a file in the archive is not what its manifest states
   */
  StagedModel stage(ModelArchive archive, String model);

  /**
   * Begins a payload that is written a tensor at a time.
   *
   * @param model the name to publish as
   * @param topology the network
   */
  PayloadWriter writePayload(String model, Topology topology);

  /**
   * A payload that a {@link PayloadWriter} has finished, here or in another process. Nothing is
   * read.
   *
   * @param written what {@link PayloadWriter#finish} returned
   */
  StagedModel staged(ModelManifest written);

  /** The names of all models that have a version, sorted. */
  List<String> models();

  /** A model's versions, ascending; empty when there is no such model. Opens no manifest. */
  List<ModelVersion> versions(String model);

  /** Those of a model's versions that have expired. Opens nothing. */
  SortedSet<ModelVersion> expired(String model);

  /**
   * The version a reference names now. Opens no manifest.
   *
   * @throws StoreException when there is no such model, version or tag; the message lists what
   *     there is
   */
  ModelVersion resolve(ModelReference reference);

  /**
   * A version's manifest, verified, also of an expired version. The payload isn't touched.
   *
   * @throws StoreException when there is no such version; the message lists what there is
   * @throws IntegrityException when the manifest is damaged
   */
  ModelManifest manifest(ModelVersion version);

  /**
   * A version with its parameters and configuration, every byte verified.
   *
   * @throws StoreException when there is no such version, or it has expired; the message lists what
   *     there is
   * @throws IntegrityException when a file is missing, damaged or cut
   */
  StoredModel read(ModelVersion version);

  /**
   * One tensor of a version, verified; the files of the others aren't touched.
   *
   * @param tensor as in {@code fc6.weight}
   * @throws StoreException when there is no such version or tensor, or the version has expired; the
   *     message lists what there is
   * @throws IntegrityException when the manifest or the tensor's file is missing, damaged or cut
   */
  WeightTensor read(ModelVersion version, String tensor);

  /**
   * A version's DL4J configuration, verified; its tensors aren't touched.
   *
   * @throws StoreException like {@link #read(ModelVersion)}
   */
  byte[] configuration(ModelVersion version);

  /**
   * Writes a version as a {@link ModelArchive}, every byte verified on its way.
   *
   * @param to is closed at the end; after a failure it holds part of an archive
   * @throws IOException when {@code to} fails
   * @throws StoreException like {@link #read}
   */
  void export(ModelVersion version, OutputStream to) throws IOException;

  /**
   * Makes a tag name a version, whatever it named before; readers see the old or the new version,
   * never neither. Whatever this throws, the tag names the old or the new version afterwards. When
   * it returns, the version is live, and doesn't expire while the tag names it.
   *
   * @throws StoreException when there is no such version, or it has expired
   */
  void tag(ModelVersion version, String tag);

  /**
   * Removes a tag, a damaged one too.
   *
   * @throws StoreException when there is no such model or tag; the message lists what there is
   */
  void untag(String model, String tag);

  /** A model's tags and the versions they name; empty when there is no such model. */
  SortedMap<String, ModelVersion> tags(String model);

  /**
   * Creates the store's folder if need be, and writes and removes a small file where versions of
   * this model will go, so that a job learns before its training that it couldn't publish.
   *
   * @throws StoreException when that fails, with what to do about it
   */
  void requireWritable(String model);

  /**
   * Like {@link #requireWritable(String)} for the folder of all models.
   *
   * @throws StoreException when that fails, with what to do about it
   */
  void requireWritable();

  /**
   * The version that a job has published for one of its stages, looked for among the versions above
   * {@code after}.
   *
   * @param after a version number that the model had before the job began; 0 looks at all
   */
  Optional<ModelVersion> publishedBy(String model, String job, String stage, int after);

  /** Verification, expiry and collection of garbage. */
  StoreMaintenance maintenance();

  /** The folders of this store's jobs. */
  JobFolders jobs();
}
