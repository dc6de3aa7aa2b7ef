package io.secateur.data;

/** What a data file is to a job. The wire names are keys of fingerprints and provenance. */
public enum DataRole {
  TRAIN_IMAGES("train-images"),
  TRAIN_LABELS("train-labels"),
  TEST_IMAGES("test-images"),
  TEST_LABELS("test-labels");

  private final String wireName;

  DataRole(String wireName) {
    this.wireName = wireName;
  }

  /** The name in provenance: lower-case, dashed. */
  public String wireName() {
    return wireName;
  }
}
