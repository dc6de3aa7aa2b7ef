package io.secateur.bench;

/** What the memory allows: the values copied to where decoding puts them. */
final class MemoryCopy implements WeightCoder {
  @Override
  public String name() {
    return "memory-copy";
  }

  @Override
  public long encode(LayerWorkspace workspace) {
    copy(workspace);
    return workspace.byteCount();
  }

  @Override
  public void decode(LayerWorkspace workspace) {
    copy(workspace);
  }

  private static void copy(LayerWorkspace workspace) {
    System.arraycopy(workspace.values, 0, workspace.decoded, 0, workspace.weights());
  }

  @Override
  public boolean decoded(LayerWorkspace workspace) {
    return workspace.decodedFloats();
  }
}
