package io.secateur.data;

/** The two IDX files there are here: unsigned bytes (type 8) in three dimensions or in one. */
enum IdxKind {
  IMAGES("images", 0x0803, 3),
  LABELS("labels", 0x0801, 1);

  private final String words;
  private final int magic;
  private final int dimensions;

  IdxKind(String words, int magic, int dimensions) {
    this.words = words;
    this.magic = magic;
    this.dimensions = dimensions;
  }

  String words() {
    return words;
  }

  /** The first four bytes, big-endian: 2051 or 2049. */
  int magic() {
    return magic;
  }

  int dimensions() {
    return dimensions;
  }

  int headerBytes() {
    return 4 + 4 * dimensions;
  }
}
