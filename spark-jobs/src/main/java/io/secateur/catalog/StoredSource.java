package io.secateur.catalog;

import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredTensor;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.dl4j.NetworkZip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A version of the store. */
final class StoredSource implements ModelSource {
  private final ModelStore store;
  private final ModelManifest manifest;
  private final ParameterLayout layout;

  StoredSource(ModelStore store, ModelManifest manifest) {
    this.store = store;
    this.manifest = manifest;
    this.layout = ParameterLayout.of(manifest.topology());
  }

  @Override
  public NetworkDefinition definition() {
    return Dl4jNetworks.definition(manifest.topology(), store.configuration(manifest.version()));
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public List<ParameterTensor> begun() {
    return layout.tensors();
  }

  @Override
  public List<ParameterTensor> arriving() {
    return layout.tensors();
  }

  @Override
  public Map<String, Long> weightsBeforePruning() {
    Map<String, Long> before = new LinkedHashMap<>();
    for (StoredTensor tensor : manifest.tensors()) {
      if (tensor.prunable()) {
        before.merge(tensor.layer(), tensor.weightsBeforePruning(), Long::sum);
      }
    }
    return before;
  }

  @Override
  public Optional<ModelVersion> version() {
    return Optional.of(manifest.version());
  }

  @Override
  public void read(NetworkZip.Destination destination) {
    for (ParameterTensor tensor : layout.tensors()) {
      float[] values = destination.arrayOf(tensor);
      float[] stored = store.read(manifest.version(), tensor.name()).toDense();
      System.arraycopy(stored, 0, values, destination.offsetOf(tensor), stored.length);
      destination.arrived(tensor);
    }
  }

  @Override
  public void close() {
    // nothing is open between two tensors
  }
}
