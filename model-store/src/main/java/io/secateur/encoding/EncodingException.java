package io.secateur.encoding;

/**
 * Bytes that are not what the codec writes. Checked, because whoever reads bytes knows which file
 * they came from and has to say so.
 */
public final class EncodingException extends Exception {
  private final long offset;
  private final String found;
  private final String expected;

  EncodingException(long offset, String found, String expected) {
    super("at byte " + offset + ": found " + found + "; expected " + expected);
    this.offset = offset;
    this.found = found;
    this.expected = expected;
  }

  /** A file that ends too early. */
  static EncodingException endInside(long length, String what, long needed) {
    return new EncodingException(
        length, "the end of the file inside " + what, "at least " + needed + " bytes");
  }

  /** Where in the file, in bytes from 0, what was found begins. */
  public long offset() {
    return offset;
  }

  /** What was found there. */
  public String found() {
    return found;
  }

  /** What was expected in its place. */
  public String expected() {
    return expected;
  }
}
