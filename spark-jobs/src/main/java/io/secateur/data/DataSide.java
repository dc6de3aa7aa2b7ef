package io.secateur.data;

/** The two halves of a data set. */
enum DataSide {
  TRAIN("train"),
  TEST("test");

  private final String wireName;

  DataSide(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The key of a part in fingerprints and provenance, such as "train-images", or "train" where one
   * file has all.
   *
   * @param part "images", "labels" or ""
   */
  String key(String part) {
    return part.isEmpty() ? wireName : wireName + "-" + part;
  }
}
