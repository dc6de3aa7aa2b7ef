package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.store.ModelVersion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Collection;
import java.util.Locale;

/** What the store says to people. */
final class StoreErrors {
  private static final int LISTED = 20;

  private StoreErrors() {}

  /** A filesystem's refusal: what was attempted, why it failed, what to do about it. */
  static StoreException refused(StoreFiles files, String attempt, IOException e) {
    return new StoreException(problem(files, attempt, e), e);
  }

  private static Problem problem(StoreFiles files, String attempt, IOException e) {
    String user = System.getProperty("user.name");
    if (e instanceof AccessDeniedException denied) {
      return new Problem(
          "no permission to " + attempt + " (" + denied.getFile() + ")",
          "a store that this user can read and write: " + files.root(),
          "give user " + user + " the permission, or choose another store with --store");
    }
    if (e instanceof NoSpaceException full) {
      return new Problem(
          "no space to " + attempt + " (" + reason(full) + ")",
          "free space in " + files.root(),
          "free some space or raise the quota, or choose another store with --store");
    }
    return new Problem(
        "failure to " + attempt + " (" + reason(e) + ")",
        "a store that answers: " + files.root(),
        "check the filesystem, then run the command again");
  }

  private static String reason(IOException e) {
    String kind = e.getClass().getSimpleName();
    if (e instanceof FileSystemException failure && failure.getFile() != null) {
      String reason = failure.getReason() == null ? kind : failure.getReason();
      return reason.startsWith(failure.getFile()) ? reason : failure.getFile() + ": " + reason;
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return kind + ": " + message;
  }

  /** Something that isn't there, with what is. */
  static StoreException missing(String what, String kind, Collection<?> existing, String remedy) {
    return new StoreException(
        new Problem("no " + what, "one of its " + kind + ": " + list(existing), remedy));
  }

  /** A version whose payload is not to be read any more. */
  static StoreException expired(ModelVersion version, Collection<ModelVersion> live) {
    return new StoreException(
        new Problem(
            "version " + version + ", which has expired",
            "one of the live versions: " + list(live),
            "name one of these; what is still known of the other: secateur models show "
                + version));
  }

  private static String list(Collection<?> existing) {
    String listed =
        existing.isEmpty()
            ? "there is none"
            : existing.stream()
                .limit(LISTED)
                .map(Object::toString)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    return existing.size() > LISTED
        ? String.format(Locale.ROOT, "%s and %d more", listed, existing.size() - LISTED)
        : listed;
  }
}
