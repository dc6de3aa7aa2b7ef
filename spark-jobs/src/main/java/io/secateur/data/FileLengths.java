package io.secateur.data;

import io.secateur.error.DataException;
import java.net.URI;

/** What is wrong when a file no longer has the length that the driver saw. */
final class FileLengths {
  private FileLengths() {}

  static DataException changed(URI file, long found, long expected) {
    return new DataException(
        String.format("%s of %,d bytes", file, found),
        String.format("%,d bytes, which it had when the job began", expected),
        "leave the files alone while a job runs, and give every host the same ones");
  }
}
