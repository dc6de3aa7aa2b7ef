package io.secateur.store;

import io.secateur.network.NetworkParameters;

/** A published version as read from the store, every byte of it verified. */
public final class StoredModel {
  private final ModelManifest manifest;
  private final NetworkParameters parameters;
  private final byte[] configuration;

  /** Takes over the parameters and copies the configuration. */
  public StoredModel(ModelManifest manifest, NetworkParameters parameters, byte[] configuration) {
    this.manifest = manifest;
    this.parameters = parameters;
    this.configuration = configuration.clone();
  }

  /** The version's manifest. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** The decoded parameters; the caller may change them. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** A copy of the source's DL4J configuration. */
  public byte[] configuration() {
    return configuration.clone();
  }
}
