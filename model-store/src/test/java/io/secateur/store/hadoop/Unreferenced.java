package io.secateur.store.hadoop;

import io.secateur.store.ModelManifest;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what no manifest and no tag of a model names: slowly and plainly, by listing all. */
final class Unreferenced {
  private Unreferenced() {}

  static List<String> of(StoreFiles files, String model) throws IOException {
    HadoopModelStore store = new HadoopModelStore(files);
    Map<String, Set<String>> payloads = new HashMap<>();
    for (ModelVersion version : store.versions(model)) {
      ModelManifest manifest = store.manifest(version);
      Set<String> names = new HashSet<>();
      names.add(manifest.configuration().file());
      for (StoredTensor tensor : manifest.tensors()) {
        names.add(tensor.file().file());
      }
      payloads.put(manifest.payload().toString(), names);
    }
    List<String> unreferenced = new ArrayList<>();
    String data = StorePaths.data(model);
    for (String payload : files.list(data)) {
      if (!payloads.containsKey(payload)) {
        unreferenced.add(data + "/" + payload);
        continue;
      }
      for (String name : files.list(data + "/" + payload)) {
        if (!payloads.get(payload).contains(name)) {
          unreferenced.add(data + "/" + payload + "/" + name);
        }
      }
    }
    for (String folder : List.of(StorePaths.versions(model), StorePaths.tags(model))) {
      files.list(folder).stream()
          .filter(name -> name.startsWith("."))
          .forEach(name -> unreferenced.add(folder + "/" + name));
    }
    return unreferenced;
  }
}
