package io.secateur.store;

import io.secateur.encoding.ByteAccount;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkParameters;
import java.util.List;

/**
 * A model whose payload is written and not yet published. One thread uses it at a time; closing it
 * unpublished removes the payload.
 */
public interface StagedModel extends AutoCloseable {
  /**
   * The parameters decoded from the bytes that lie on the filesystem now, verified like a published
   * version's: what is evaluated with them is what {@link #publish} makes visible.
   *
   * @throws IntegrityException when the bytes read aren't those written
   */
  NetworkParameters readBack();

  /** The stored tensors in canonical order. */
  List<StoredTensor> tensors();

  /** The bytes of all tensor files, by purpose. */
  ByteAccount bytes();

  /** SHA-256 over the parameters and over the masks, as the manifest will state them. */
  ModelHashes hashes();

  /**
   * Commits the model as its next version: the highest existing number plus one; when another
   * writer takes that number first, the next one, again and again within bounds. Works once.
   *
   * @return the version, which is durable and visible to everyone
   * @throws VersionConflictException when other writers were faster every time; nothing was
   *     published, this method may be called again
   * @throws CommitStateUnknownException when it can't be told whether the version was published;
   *     its payload then stays
   * @throws StoreException when the filesystem refused; nothing was published, this method may be
   *     called again
   * @throws IllegalStateException when it was published already, its state is unknown, or it is
   *     closed
   */
  ModelVersion publish(Provenance provenance);

  /**
   * Like {@link #publish}, but at most once for a job and stage, whoever else runs the same job:
   * every version above {@code after} is looked at before a number is taken, also those that appear
   * meanwhile.
   *
   * @param after a version number that the model had before the job began; 0 looks at all
   * @return the version, or the one that another run has published for this job and stage; then
   *     {@link #close} removes this payload
   * @throws IntegrityException when a manifest that was looked at is damaged
   */
  ModelVersion publishOnce(Provenance provenance, int after);

  /**
   * Removes the payload if it was not published and no publish of it is in doubt. A failure to
   * remove is not reported: what no manifest names is garbage that a later collection removes.
   */
  @Override
  void close();
}
