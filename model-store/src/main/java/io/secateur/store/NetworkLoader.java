package io.secateur.store;

import io.secateur.error.DataException;
import io.secateur.error.UsageException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.SparseNetwork;
import io.secateur.network.TensorReader;
import io.secateur.tensor.DenseTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Networks that predict, from what a store keeps or has exported. */
public final class NetworkLoader {
  private NetworkLoader() {}

  /**
   * The network in a file that {@code secateur models export --format secateur} has written. Its
   * tensors are read, verified and decoded one at a time, so that loading takes little more memory
   * than the network; Hadoop is not needed.
   *
   * @throws DataException when there is no such file, or it can't be read
   * @throws IntegrityException when any byte of it is not what was exported
   * @throws UsageException naming every layer of a kind that can't be run here
   */
  public static SparseNetwork load(Path exported) {
    try (ModelArchive archive = ModelArchive.open(exported)) {
      ModelManifest manifest = archive.manifest();
      Map<String, StoredTensor> tensors = new HashMap<>();
      manifest.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
      TensorReader reader =
          spec -> {
            StoredTensor tensor = tensors.get(spec.name());
            return tensor.decode(
                archive.read(tensor.file()), exported + "!" + tensor.file().file());
          };
      return SparseNetwork.of(manifest.topology(), reader);
    }
  }

  /**
   * The network of a version. A store on {@code file:} needs no Hadoop.
   *
   * @throws io.secateur.error.StoreException when there is no such version
   * @throws IntegrityException when a file is missing, damaged or cut
   * @throws UsageException naming every layer of a kind that can't be run here
   */
  public static SparseNetwork load(ModelStore store, ModelReference version) {
    StoredModel model = store.read(store.resolve(version));
    NetworkParameters parameters = model.parameters();
    ParameterLayout layout = parameters.layout();
    return SparseNetwork.of(
        model.manifest().topology(),
        spec ->
            DenseTensor.wrapping(
                spec.shape(), parameters.valuesOf(layout.tensor(spec.name()).orElseThrow())));
  }
}
