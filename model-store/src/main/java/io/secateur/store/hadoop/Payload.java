package io.secateur.store.hadoop;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Cores;
import io.secateur.encoding.EncodedTensor;
import io.secateur.encoding.EncodingException;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.encoding.TensorEncoder;
import io.secateur.encoding.TensorFile;
import io.secateur.error.StoreException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.store.Damage;
import io.secateur.store.IntegrityException;
import io.secateur.store.ModelDraft;
import io.secateur.store.ModelHashes;
import io.secateur.store.ModelManifest;
import io.secateur.store.Sha256;
import io.secateur.store.StoredFile;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The files of one version: written once, and verified whenever they are read. */
final class Payload {
  private static final String CONFIGURATION = "configuration.json";
  private static final int NAME_LENGTH = 150;

  private final StoreFiles files;
  private final String folder;

  Payload(StoreFiles files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  String folder() {
    return folder;
  }

  /** Encodes and writes every tensor of a draft, in canonical order. */
  List<StoredTensor> writeTensors(ModelDraft draft) throws IOException {
    NetworkParameters parameters = draft.parameters();
    List<StoredTensor> stored = new ArrayList<>();
    for (ParameterTensor tensor : parameters.layout().tensors()) {
      stored.add(
          writeTensor(
              stored.size(),
              tensor,
              parameters.arenaOf(tensor),
              tensor.offset(),
              draft.encoding(tensor),
              draft.weightsBeforePruning(tensor)));
    }
    return stored;
  }

  /**
   * Encodes and writes one tensor.
   *
   * @param index its place in canonical order
   * @param from where its values begin in the arena
   */
  StoredTensor writeTensor(
      int index,
      ParameterTensor tensor,
      float[] arena,
      int from,
      EncodingPolicy encoding,
      long weightsBeforePruning)
      throws IOException {
    TensorEncoder encoder = TensorEncoder.scan(tensor.shape(), arena, from, Cores.ALL);
    EncodedTensor encoded = encoder.encode(encoding.encodingOf(tensor, encoder));
    ByteAccount bytes = encoded.account();
    return new StoredTensor(
        tensor.name(),
        tensor.layer(),
        tensor.spec().role(),
        tensor.shape(),
        encoded.encoding(),
        write(fileName(index, tensor.name()), encoded.bytes()),
        tensor.isPrunable() ? bytes : bytes.asBiases(),
        weightsBeforePruning,
        encoder.nonZeros());
  }

  /** Numbered, so that names differing only in case stay apart on every filesystem. */
  private static String fileName(int index, String name) {
    return String.format(
        Locale.ROOT,
        "%03d-%s.tensor",
        index,
        name.substring(0, Math.min(name.length(), NAME_LENGTH)));
  }

  StoredFile writeConfiguration(byte[] configuration) throws IOException {
    return write(CONFIGURATION, configuration);
  }

  /** Writes files as they are. */
  void copy(List<StoredFile> originals, Function<StoredFile, byte[]> source) throws IOException {
    for (StoredFile original : originals) {
      files.write(path(original.file()), source.apply(original));
    }
  }

  private StoredFile write(String file, byte[] content) throws IOException {
    files.write(path(file), content);
    return new StoredFile(file, content.length, Sha256.of(content));
  }

  /** Reads and decodes every tensor. */
  NetworkParameters readTensors(Topology topology, List<StoredTensor> tensors, ModelHashes hashes) {
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(topology));
    for (int i = 0; i < tensors.size(); i++) {
      readTensor(parameters, i, tensors.get(i));
    }
    requireHashes(parameters, hashes);
    return parameters;
  }

  private void readTensor(NetworkParameters parameters, int index, StoredTensor tensor) {
    ParameterTensor place = parameters.layout().tensors().get(index);
    readTensor(tensor, parameters.arenaOf(place), place.offset());
  }

  private void requireHashes(NetworkParameters parameters, ModelHashes hashes) {
    requireSame("parameters", NetworkHashes.parameters(parameters), hashes.parameters());
    requireSame(
        "masks", NetworkHashes.masks(parameters.layout(), parameters.mask()), hashes.masks());
  }

  /** Reads every file to its end, whatever is wrong with the others; what is wrong with each. */
  List<Damage> damages(ModelManifest manifest) {
    List<Damage> damages = new ArrayList<>();
    NetworkParameters parameters = NetworkParameters.zeros(ParameterLayout.of(manifest.topology()));
    for (int i = 0; i < manifest.tensors().size(); i++) {
      int index = i;
      StoredTensor tensor = manifest.tensors().get(i);
      collect(damages, tensor.file().file(), () -> readTensor(parameters, index, tensor));
    }
    StoredFile configuration = manifest.configuration();
    collect(damages, configuration.file(), () -> read(configuration));
    if (damages.isEmpty()) {
      collect(damages, "", () -> requireHashes(parameters, manifest.hashes()));
    }
    return damages;
  }

  private void collect(List<Damage> damages, String file, Runnable read) {
    try {
      read.run();
    } catch (StoreException e) {
      damages.add(Damage.of(e, full(file)));
    }
  }

  /**
   * Reads and decodes one tensor.
   *
   * @param from where its values begin in the arena
   */
  void readTensor(StoredTensor tensor, float[] arena, int from) {
    Decoder decoder =
        content -> TensorFile.parse(content, tensor.shape()).read(arena, from, Cores.ALL);
    byte[] content = read(tensor.file(), decoder);
    int nonZeros;
    try {
      nonZeros = decoder.decode(content);
    } catch (EncodingException e) {
      throw new IntegrityException(
          full(tensor.file().file()), "at byte " + e.offset() + " " + e.found(), e.expected(), e);
    }
    if (nonZeros != tensor.nonZeros()) {
      throw new IntegrityException(
          full(tensor.file().file()),
          nonZeros + " non-zero values",
          tensor.nonZeros() + " as the manifest states");
    }
  }

  private void requireSame(String what, String found, String expected) {
    if (!found.equals(expected)) {
      throw new IntegrityException(
          full(""), what + " with hash " + found, expected + " as the manifest states");
    }
  }

  /** Decodes a file; of a damaged one it tells the place. */
  private interface Decoder {
    int decode(byte[] content) throws EncodingException;
  }

  /** A file's content, of the length and SHA-256 that the manifest states. */
  byte[] read(StoredFile file) {
    return read(file, content -> 0);
  }

  private byte[] read(StoredFile file, Decoder decoder) {
    try {
      // The length is compared first, so that a file that is too long costs no memory.
      long length = files.length(path(file.file()));
      if (length > file.length()) {
        throw new IntegrityException(
            full(file.file()),
            length + " bytes: at byte " + file.length() + " more of them",
            file.length() + " bytes as the manifest states");
      }
      byte[] content = files.read(path(file.file()));
      if (content.length != file.length()) {
        throw damaged(
            file,
            content,
            decoder,
            content.length + " bytes",
            file.length() + " bytes as the manifest states");
      }
      String sha256 = Sha256.of(content);
      if (!sha256.equals(file.sha256())) {
        throw damaged(
            file,
            content,
            decoder,
            "damaged, its content has " + sha256,
            file.sha256() + " as the manifest states");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new IntegrityException(
          full(file.file()), "no such file", "a file of " + file.length() + " bytes", e);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "read " + path(file.file()), e);
    }
  }

  /** When a file was written, by the filesystem's clock. */
  Instant modified(StoredFile file) throws IOException {
    return files.modified(path(file.file()));
  }

  private IntegrityException damaged(
      StoredFile file, byte[] content, Decoder decoder, String found, String expected) {
    try {
      decoder.decode(content);
      return new IntegrityException(full(file.file()), found, expected);
    } catch (EncodingException e) {
      return new IntegrityException(
          full(file.file()),
          found + ": at byte " + e.offset() + " " + e.found(),
          expected + ": " + e.expected(),
          e);
    }
  }

  private String path(String file) {
    return folder + "/" + file;
  }

  String full(String file) {
    return files.root() + "/" + folder + (file.isEmpty() ? "" : "/" + file);
  }
}
