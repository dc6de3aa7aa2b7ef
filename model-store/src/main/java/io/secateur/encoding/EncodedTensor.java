package io.secateur.encoding;

import io.secateur.tensor.Shape;

/** A tensor as the bytes of a file, with the account of them. */
public final class EncodedTensor {
  private final Shape shape;
  private final Encoding encoding;
  private final byte[] bytes;
  private final ByteAccount account;

  EncodedTensor(Shape shape, Encoding encoding, byte[] bytes, ByteAccount account) {
    this.shape = shape;
    this.encoding = encoding;
    this.bytes = bytes;
    this.account = account;
  }

  public Shape shape() {
    return shape;
  }

  public Encoding encoding() {
    return encoding;
  }

  /** The file's bytes themselves, not a copy: to be written, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the bytes go; its sum is the length of {@link #bytes}. */
  public ByteAccount account() {
    return account;
  }
}
