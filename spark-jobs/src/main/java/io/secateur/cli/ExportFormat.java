package io.secateur.cli;

import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** The forms in which a version leaves the store. */
enum ExportFormat {
  /** One uncompressed zip of the manifest and its files, which {@code models import} reads. */
  SECATEUR {
    @Override
    void write(ModelStore store, ModelVersion version, OutputStream out) throws IOException {
      store.export(version, out);
    }
  };

  /**
   * Writes a version, whole.
   *
   * @throws IOException when {@code out} fails
   * @throws io.secateur.error.StoreException when the version can't be read
   */
  abstract void write(ModelStore store, ModelVersion version, OutputStream out) throws IOException;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
