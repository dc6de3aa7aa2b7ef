package io.secateur.store;

import io.secateur.error.StoreException;
import io.secateur.error.UsageException;
import java.time.Instant;
import java.util.List;

/**
 * Keeps a store in order while others read and write it.
 *
 * <ul>
 *   <li><b>Atomicity.</b> A version expires when its tombstone is created, in the way a manifest
 *       is. Its number, manifest, provenance and hashes stay for ever; its payload is removed by a
 *       later collection, and reading it is an error from the tombstone on.
 *   <li><b>Isolation.</b> A tag wins over an expiry, in whatever order the two arrive: when {@link
 *       ModelStore#tag} has returned, its version is live and stays so while the tag names it. For
 *       a moment of such a race a reader may be told that the version is expired. Reading a version
 *       in the last moments of its payload ends in an {@link IntegrityException} or in the whole
 *       version.
 *   <li><b>Ordering.</b> A collection removes what no manifest names, and the payload of expired
 *       versions, a {@link GracePeriod} after it was last touched or expired, by the filesystem's
 *       clock. A publish that runs meanwhile either commits, and then keeps its payload, or fails
 *       with nothing published.
 *   <li><b>Durability.</b> What these methods return survives a crash of the machine.
 *   <li><b>Outcomes.</b> When {@link #expire} or {@link #collect} fails, with an unknown outcome
 *       too, part of the plan has been carried out. Doing it again is always safe.
 * </ul>
 *
 * <p>Plans are made first and say all that will happen; what was overtaken by others when a plan is
 * carried out is left alone.
 *
 * <p>Every method throws {@link StoreException} when there is no such store or model, and when the
 * filesystem refuses.
 */
public interface StoreMaintenance {
  /**
   * Does all that publishing asks of the filesystem with a hidden file of its own: creates it,
   * gives it a name that must be free, reads and removes it. Tried once, without the patience that
   * other operations have. The store's folder is created where it is missing.
   *
   * @return when the file was written, by the filesystem's clock
   */
  Instant probe();

  /** The names of all models of a store that must exist, sorted; damaged and empty ones too. */
  List<String> models();

  /**
   * Reads every byte of a model: the manifests, payloads and tombstones of its versions, and its
   * tags. Of an expired version the payload isn't read.
   */
  Verification verify(String model);

  /** Reads every byte of one version. */
  Verification verify(ModelVersion version);

  /**
   * What {@link #expire} would do to keep the highest live versions of a model.
   *
   * <p>Beside these stay the versions that a tag names, and the parents of all versions that stay,
   * in any model. The tag that a job gives to a version by itself ({@link Provenance#jobTag}) keeps
   * nothing.
   *
   * @param keepLast how many, 1 or more
   * @throws UsageException when it is below 1
   * @throws IntegrityException when a manifest or tag that matters is damaged
   */
  Expiry planExpiry(String model, int keepLast);

  /**
   * Expires the versions of a plan, but those that got a tag meanwhile.
   *
   * @return what was done
   */
  Expiry expire(Expiry plan);

  /** What {@link #collect} would remove. */
  Garbage findGarbage(GracePeriod grace);

  /**
   * Removes what was found, but what somebody has begun to need.
   *
   * @param grace at least as long as it was found with
   * @return what was removed
   */
  Garbage collect(Garbage found, GracePeriod grace);
}
