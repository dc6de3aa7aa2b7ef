package io.secateur.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a verification has read, and the damage it has found.
 *
 * @param versions versions that were looked at, expired ones included
 * @param files files that were read to their end and are as they should be
 * @param bytes bytes of these
 * @param damages one for each file that isn't
 */
public record Verification(int versions, long files, long bytes, List<Damage> damages) {
  /** Nothing read yet. */
  public static final Verification NONE = new Verification(0, 0, 0, List.of());

  /** Copies the list. */
  public Verification {
    damages = List.copyOf(damages);
  }

  /** Both together. */
  public Verification plus(Verification other) {
    return new Verification(
        versions + other.versions,
        files + other.files,
        bytes + other.bytes,
        Stream.concat(damages.stream(), other.damages.stream()).toList());
  }
}
