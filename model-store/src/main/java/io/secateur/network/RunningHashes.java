package io.secateur.network;

import java.security.MessageDigest;
import java.util.Iterator;

/**
 * The {@link NetworkHashes} of a network that is not in memory as a whole: its tensors are added
 * one after the other.
 */
public final class RunningHashes {
  private final MessageDigest parameters = NetworkHashes.sha256();
  private final MessageDigest masks = NetworkHashes.sha256();
  private final Iterator<ParameterTensor> expected;

  /** Of no tensor yet. */
  public RunningHashes(ParameterLayout layout) {
    this.expected = layout.tensors().iterator();
  }

  /**
   * Adds the next tensor.
   *
   * @param values from {@code from} on, row-major
   * @throws IllegalArgumentException when it is not the next of the layout
   */
  public void add(ParameterTensor tensor, float[] values, int from) {
    if (!expected.hasNext() || !expected.next().equals(tensor)) {
      throw new IllegalArgumentException(tensor.name() + " is not the next tensor of the layout");
    }
    NetworkHashes.updateHeader(parameters, tensor.spec());
    NetworkHashes.updateValues(parameters, values, from, tensor.elements());
    if (tensor.isPrunable()) {
      NetworkHashes.updateHeader(masks, tensor.spec());
      NetworkHashes.updatePresence(masks, values, from, tensor.elements());
    }
  }

  /** The hash of all values; works once, when every tensor was added. */
  public String parameters() {
    requireAll();
    return NetworkHashes.text(parameters);
  }

  /** The hash of which weights are present; works once, when every tensor was added. */
  public String masks() {
    requireAll();
    return NetworkHashes.text(masks);
  }

  private void requireAll() {
    if (expected.hasNext()) {
      throw new IllegalStateException("no " + expected.next().name() + " yet");
    }
  }
}
