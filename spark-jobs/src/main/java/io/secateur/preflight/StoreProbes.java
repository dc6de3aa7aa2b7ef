package io.secateur.preflight;

import io.secateur.error.SecateurException;
import io.secateur.store.StoreMaintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The store as a process sees it, and its clock against this host's. */
final class StoreProbes {
  /** Beyond it Kerberos refuses. */
  private static final Duration FAR = Duration.ofMinutes(5);

  private static final Duration NEAR = Duration.ofSeconds(30);

  private StoreProbes() {}

  static List<Finding> of(StoreMaintenance store, String root) {
    Instant before = Instant.now();
    Instant written;
    try {
      written = store.probe();
    } catch (SecateurException e) {
      return List.of(Finding.fail("store", e.problem().found(), remedy(e)));
    }
    return List.of(
        Finding.ok("store", "creates, renames, reads and removes in " + root),
        clock(before, written, Instant.now()));
  }

  private static String remedy(SecateurException e) {
    return e.problem().found().contains("safe mode")
        ? "hdfs dfsadmin -safemode leave, or wait until the NameNode has left it"
        : e.problem().remedy();
  }

  /** The file was written between two looks at this host's clock; whole seconds on some systems. */
  static Finding clock(Instant before, Instant written, Instant after) {
    Duration apart =
        written.isBefore(before)
            ? Duration.between(written, before)
            : written.isAfter(after) ? Duration.between(after, written) : Duration.ZERO;
    String found = apart.toMillis() / 1000.0 + " s from the filesystem's";
    String remedy = "set this host's clock by the network's (chrony, ntpd)";
    if (apart.compareTo(FAR) > 0) {
      return Finding.fail("clock", found, remedy);
    }
    return apart.compareTo(NEAR) > 0
        ? Finding.warn("clock", found, remedy)
        : Finding.ok("clock", "at most " + found);
  }
}
