package io.secateur.preflight;

import io.secateur.train.dl4j.Dl4jRuntime;
import java.util.Locale;

/** The memory of a process against what a job needs there. */
final class MemoryProbes {
  /** What a need is multiplied with to be met with ease. */
  private static final double EASE = 1.5;

  private MemoryProbes() {}

  /**
   * The heap.
   *
   * @param needed bytes
   * @param setting the one that makes it larger
   */
  static Finding heap(long needed, String setting) {
    return compared("heap", Runtime.getRuntime().maxMemory(), needed, setting);
  }

  /** What ND4J may take outside the heap. */
  static Finding offHeap(long needed) {
    if (needed == 0) {
      return Finding.ok("off-heap memory", "none is needed");
    }
    return compared(
        "off-heap memory",
        Dl4jRuntime.offHeapBytes(),
        needed,
        "-Dorg.bytedeco.javacpp.maxbytes=%s in the JVM's options, and room for it in"
            + " spark.executor.memoryOverhead");
  }

  private static Finding compared(String check, long has, long needed, String setting) {
    String found = mebibytes(has) + " for about " + mebibytes(needed);
    String remedy = String.format(Locale.ROOT, setting, mebibytes((long) (EASE * needed)));
    if (has < needed) {
      return Finding.fail(check, found, remedy);
    }
    return has < EASE * needed
        ? Finding.warn(check, found + ": little to spare", remedy)
        : Finding.ok(check, found);
  }

  /** As the JVM and Spark take it, as in 512m. */
  private static String mebibytes(long bytes) {
    return ((bytes + (1 << 20) - 1) >> 20) + "m";
  }
}
