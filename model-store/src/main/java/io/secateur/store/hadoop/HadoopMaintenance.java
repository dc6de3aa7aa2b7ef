package io.secateur.store.hadoop;

import io.secateur.store.Expiry;
import io.secateur.store.Garbage;
import io.secateur.store.GracePeriod;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import io.secateur.store.StoreMaintenance;
import io.secateur.store.Verification;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
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
  public Instant probe() {
    byte[] content = {'\n'};
    String written = StorePaths.hidden(StorePaths.MODELS, "probe");
    String named = StorePaths.hidden(StorePaths.MODELS, "probe");
    String attempt = "create a folder";
    try {
      files.createFolder(StorePaths.MODELS);
      try {
        attempt = "create a file";
        files.write(written, content);
        Instant time = files.modified(written);
        attempt = "rename a file";
        files.commit(written, named);
        attempt = "read a file";
        requireSame(files.read(named), content);
        attempt = "remove a file";
        files.deleteFile(named);
        files.deleteFile(written);
        return time;
      } catch (IOException e) {
        forget(written);
        forget(named);
        throw e;
      }
    } catch (IOException e) {
      throw StoreErrors.refused(files, attempt + " in store " + files.root(), e);
    }
  }

  private static void requireSame(byte[] read, byte[] written) throws IOException {
    if (!Arrays.equals(read, written)) {
      throw new IOException(read.length + " bytes that are not those that were written");
    }
  }

  private void forget(String file) {
    try {
      files.deleteFile(file);
    } catch (IOException e) {
      // Garbage for a collection; what failed before says more.
    }
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
