package io.secateur.encoding;

/**
 * Where the bytes of one or more encoded tensors go; every byte of a file is counted once.
 *
 * @param values surviving weights, four bytes each
 * @param indices their indices
 * @param fillers the value and the index of every filler; indices are packed, so the fillers of a
 *     chunk have floor(fillers x width / 8) of its index bytes and the rest counts as indices
 * @param biases the values of tensors that are never pruned
 * @param headers everything else: file headers, entry counts, checksums
 */
public record ByteAccount(long values, long indices, long fillers, long biases, long headers) {
  /** Nothing. */
  public static final ByteAccount ZERO = new ByteAccount(0, 0, 0, 0, 0);

  /** All bytes: the length of the files. */
  public long stored() {
    return values + indices + fillers + biases + headers;
  }

  /** The sum of two accounts, part by part. */
  public ByteAccount plus(ByteAccount other) {
    return new ByteAccount(
        values + other.values,
        indices + other.indices,
        fillers + other.fillers,
        biases + other.biases,
        headers + other.headers);
  }

  /** The account of a tensor that is never pruned: all but its headers counts as biases. */
  public ByteAccount asBiases() {
    return new ByteAccount(0, 0, 0, values + indices + fillers + biases, headers);
  }
}
