package io.secateur.bench;

import java.io.IOException;

/** Something that turns the values of one layer after the other into bytes and back. */
interface WeightCoder {
  /** Stable, as in {@code gzip-1}. */
  String name();

  /**
   * Encodes the layer in the workspace and keeps the result.
   *
   * @return its bytes
   */
  long encode(LayerWorkspace workspace) throws IOException;

  /** Decodes what was encoded last, into the workspace. */
  void decode(LayerWorkspace workspace) throws IOException;

  /** Whether the workspace holds what a decoding must leave there. */
  boolean decoded(LayerWorkspace workspace);
}
