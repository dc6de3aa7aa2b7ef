package io.secateur.data;

import java.util.List;

/**
 * A published data file.
 *
 * @param role what it is to a job
 * @param fileName its name in the cache
 * @param bytes the length of its uncompressed content
 * @param sha256 the SHA-256 of that content: lower-case hexadecimal digits, without a prefix
 */
record KnownFile(DataRole role, String fileName, int bytes, String sha256) {
  /**
   * The four files of MNIST (LeCun, Cortes, Burges; CC BY-SA 3.0). The hashes were taken from files
   * whose MD5 are the published ones: 6bbc9ace898e44ae57da46a324031adb,
   * a25bea736e30d166cdddb491f175f624, 2646ac647ad5339dbf082846283269ea,
   * 27ae3e4e09519cfbb04c329615203637.
   */
  static final List<KnownFile> MNIST =
      List.of(
          new KnownFile(
              DataRole.TRAIN_IMAGES,
              "train-images-idx3-ubyte",
              47_040_016,
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          new KnownFile(
              DataRole.TRAIN_LABELS,
              "train-labels-idx1-ubyte",
              60_008,
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          new KnownFile(
              DataRole.TEST_IMAGES,
              "t10k-images-idx3-ubyte",
              7_840_016,
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          new KnownFile(
              DataRole.TEST_LABELS,
              "t10k-labels-idx1-ubyte",
              10_008,
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

  /** "sha256:" and the digits, as {@link Fingerprints} writes them. */
  String fingerprint() {
    return Fingerprints.ofHex(sha256);
  }
}
