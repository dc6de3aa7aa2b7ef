package io.secateur.data;

/** Whether a reading takes the SHA-256 of contents: the driver's does, a task's does not. */
enum Fingerprinting {
  TAKEN,
  SKIPPED
}
