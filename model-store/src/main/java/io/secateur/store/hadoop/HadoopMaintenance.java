package io.secateur.store.hadoop;

import io.secateur.store.Expiry;
import io.secateur.store.Garbage;
import io.secateur.store.GracePeriod;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.Verification;
import java.util.List;

/** Maintenance over the operations of {@link StoreFiles}. Thread-safe. */
final class HadoopMaintenance implements StoreMaintenance {
  private final StoreFiles files;
  private final HadoopModelStore store;

  HadoopMaintenance(StoreFiles files, HadoopModelStore store) {
    this.files = files;
    this.store = store;
  }

  @Override
  public List<String> models() {
    store.requireStore();
    return new WholeFiles(files)
        .list(StorePaths.MODELS).stream().filter(Names::isModel).sorted().toList();
  }

  @Override
  public Verification verify(String model) {
    if (!new WholeFiles(files).list(StorePaths.MODELS).contains(Names.requireModel(model))) {
      store.requireModel(model);
    }
    Verifier verifier = new Verifier(store, new WholeFiles(files));
    verifier.read(model);
    return verifier.result();
  }

  @Override
  public Verification verify(ModelVersion version) {
    store.resolve(ModelReference.exactly(version));
    Verifier verifier = new Verifier(store, new WholeFiles(files));
    verifier.read(version);
    return verifier.result();
  }

  @Override
  public Expiry planExpiry(String model, int keepLast) {
    return new Expirer(files, store).plan(model, keepLast);
  }

  @Override
  public Expiry expire(Expiry plan) {
    return new Expirer(files, store).expire(plan);
  }

  @Override
  public Garbage findGarbage(GracePeriod grace) {
    store.requireStore();
    return new GarbageCollector(files, store, grace).find();
  }

  @Override
  public Garbage collect(Garbage found, GracePeriod grace) {
    return new GarbageCollector(files, store, grace).collect(found);
  }
}
