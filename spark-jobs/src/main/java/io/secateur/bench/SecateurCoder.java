package io.secateur.bench;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Cores;
import io.secateur.encoding.EncodedTensor;
import io.secateur.encoding.Encoding;
import io.secateur.encoding.EncodingException;
import io.secateur.encoding.TensorEncoder;
import io.secateur.encoding.TensorFile;
import java.io.IOException;
import java.util.function.Function;

/** Our codec, with one way of choosing the encoding. Choosing is part of encoding. */
final class SecateurCoder implements WeightCoder {
  /** A choice among what was scanned. */
  interface Choice {
    Encoding of(PrunedLayer layer, TensorEncoder encoder);
  }

  private final String name;
  private final Cores cores;
  private final Choice choice;
  private EncodedTensor encoded;

  SecateurCoder(String name, Cores cores, Choice choice) {
    this.name = name;
    this.cores = cores;
    this.choice = choice;
  }

  static SecateurCoder auto(String name, Cores cores) {
    return new SecateurCoder(name, cores, (layer, encoder) -> encoder.smallest());
  }

  static SecateurCoder fixed(String name, Function<PrunedLayer, Encoding> encoding) {
    return new SecateurCoder(name, Cores.ONE, (layer, encoder) -> encoding.apply(layer));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long encode(LayerWorkspace workspace) {
    PrunedLayer layer = workspace.layer();
    TensorEncoder encoder = TensorEncoder.scan(layer.shape(), workspace.values, 0, cores);
    encoded = encoder.encode(choice.of(layer, encoder));
    return encoded.bytes().length;
  }

  @Override
  public void decode(LayerWorkspace workspace) throws IOException {
    try {
      TensorFile.parse(encoded.bytes(), encoded.shape()).read(workspace.decoded, 0, cores);
    } catch (EncodingException e) {
      throw new IOException(e);
    }
  }

  /** Decodes to indices and values, without the workspace. */
  void decodeSparse() throws IOException {
    try {
      TensorFile.parse(encoded.bytes(), encoded.shape()).toSparse(cores);
    } catch (EncodingException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean decoded(LayerWorkspace workspace) {
    return workspace.decodedFloats();
  }

  Encoding encoding() {
    return encoded.encoding();
  }

  ByteAccount account() {
    return encoded.account();
  }
}
