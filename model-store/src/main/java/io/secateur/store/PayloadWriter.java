package io.secateur.store;

import io.secateur.encoding.EncodingPolicy;
import io.secateur.error.StoreException;
import io.secateur.network.ParameterTensor;

/**
 * The payload of a model that is never in memory as a whole: its tensors are written one after the
 * other, in any order. One thread uses it at a time; closing it unfinished removes what was
 * written.
 *
 * <p>It may be written by another process than the one that publishes it: the manifest that {@link
 * #finish} returns is all that {@link ModelStore#staged} needs. A payload that nobody publishes is
 * garbage.
 */
public interface PayloadWriter extends AutoCloseable {
  /**
   * Encodes and writes a tensor of the topology's layout.
   *
   * @param values its values from {@code from} on, row-major; they must not change meanwhile
   * @param encoding how its encoding is chosen
   * @param weightsBeforePruning of its layer; 0 when it isn't prunable
   * @throws StoreException when the filesystem refuses
   * @throws IllegalArgumentException when it is not of the layout, or was written before
   */
  StoredTensor write(
      ParameterTensor tensor,
      float[] values,
      int from,
      EncodingPolicy encoding,
      long weightsBeforePruning);

  /**
   * Reads every tensor back from the filesystem, verifies it, and takes the hashes of the network
   * from it.
   *
   * @param configuration the source's DL4J configuration
   * @return what is published later; it has version 1 until then
   * @throws IntegrityException when the bytes read aren't those written
   * @throws StoreException when the filesystem refuses
   * @throws IllegalStateException when a tensor was not written
   */
  ModelManifest finish(byte[] configuration, Provenance provenance);

  /** Removes the payload unless it is finished; a failure to remove is not reported. */
  @Override
  void close();
}
