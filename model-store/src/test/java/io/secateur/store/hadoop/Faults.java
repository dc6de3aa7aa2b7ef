package io.secateur.store.hadoop;

/** The size of the tests of faults: small in every build, full under the profile of that name. */
final class Faults {
  /** The system property that the profile sets. */
  static final String PROPERTY = "secateur.faults";

  static final String FULL = "full";

  private Faults() {}

  static int sized(int small, int full) {
    return isFull() ? full : small;
  }

  static boolean isFull() {
    return FULL.equals(System.getProperty(PROPERTY));
  }
}
