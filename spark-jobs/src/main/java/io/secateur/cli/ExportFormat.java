package io.secateur.cli;

import io.secateur.error.Problem;
import io.secateur.error.StoreException;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.dl4j.Dl4jNetworks;
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
  },
  /**
   * What DL4J's ModelSerializer writes, from the configuration that every version carries: plain
   * DL4J opens it and predicts the same from examples that are scaled already.
   */
  DL4J {
    @Override
    void write(ModelStore store, ModelVersion version, OutputStream out) throws IOException {
      StoredModel model = store.read(version);
      NetworkDefinition definition =
          Dl4jNetworks.definition(model.manifest().topology(), model.configuration());
      try {
        Dl4jNetworks.write(definition, model.parameters(), out);
      } catch (RuntimeException e) {
        throw new StoreException(
            new Problem(
                version + " with a configuration that DL4J can't use (" + e.getMessage() + ")",
                "the configuration of a network with these parameters",
                "export the version with --format secateur"),
            e);
      }
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
