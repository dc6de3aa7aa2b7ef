package io.secateur.store;

import io.secateur.encoding.ByteAccount;
import io.secateur.network.Topology;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the store knows of a version: its network, its files and where it comes from.
 *
 * <p>On the filesystem it is canonical JSON closed by the SHA-256 of the bytes before it, so that
 * neither a cut nor a changed byte can pass.
 *
 * @param version the version, also stated inside the file, so that a copied manifest is noticed
 * @param created when the commit was prepared, by the publisher's clock, in whole seconds
 * @param payload the folder of its files under {@code models/<name>/data/}
 * @param topology the network
 * @param tensors the stored tensors: those of the topology's layout, in its order
 * @param configuration the file with the source's DL4J configuration
 * @param hashes the hashes of the network's content
 * @param provenance where it comes from
 */
public record ModelManifest(
    ModelVersion version,
    Instant created,
    UUID payload,
    Topology topology,
    List<StoredTensor> tensors,
    StoredFile configuration,
    ModelHashes hashes,
    Provenance provenance) {
  /** The longest manifest, in bytes: none comes near it, and what does isn't worth its memory. */
  public static final int MAX_BYTES = 64 << 20;

  /**
   * Checks the tensors against the topology.
   *
   * @throws IllegalArgumentException when they differ in number, order, name, role or shape, or
   *     when two files have one name
   */
  public ModelManifest {
    created = created.truncatedTo(ChronoUnit.SECONDS);
    tensors = List.copyOf(tensors);
    ManifestJson.requireLayout(topology, tensors);
    List<StoredFile> files = files(tensors, configuration);
    if (files.stream().map(StoredFile::file).distinct().count() < files.size()) {
      throw new IllegalArgumentException("two files of one name");
    }
  }

  /** All files of a payload: the tensors' in their order, then the configuration. */
  public static List<StoredFile> files(List<StoredTensor> tensors, StoredFile configuration) {
    return Stream.concat(tensors.stream().map(StoredTensor::file), Stream.of(configuration))
        .toList();
  }

  /** All files of the payload: the tensors' in their order, then the configuration. */
  public List<StoredFile> files() {
    return files(tensors, configuration);
  }

  /** The bytes of the manifest's file. */
  public byte[] toBytes() {
    return ClosedJson.write(ManifestJson.write(this));
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param file the file's name for messages
   * @throws IntegrityException when a byte differs, a member is missing or wrong, or the format is
   *     newer than this version reads
   */
  public static ModelManifest parse(byte[] bytes, String file) {
    return ManifestJson.read(ClosedJson.read(bytes, file), file);
  }

  /** The prunable weights before any pruning, in all layers. */
  public long weightsBeforePruning() {
    return tensors.stream().mapToLong(StoredTensor::weightsBeforePruning).sum();
  }

  /** The prunable weights that are not zero, in all layers. */
  public long survivingWeights() {
    return tensors.stream().filter(StoredTensor::prunable).mapToLong(StoredTensor::nonZeros).sum();
  }

  /** Surviving weights over weights before any pruning, in [0, 1]; 1 for a network without any. */
  public double density() {
    long before = weightsBeforePruning();
    return before == 0 ? 1 : (double) survivingWeights() / before;
  }

  /** The bytes of all tensor files, by purpose. */
  public ByteAccount bytes() {
    return tensors.stream().map(StoredTensor::bytes).reduce(ByteAccount.ZERO, ByteAccount::plus);
  }
}
