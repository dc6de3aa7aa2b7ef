package io.secateur.store.hadoop;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Files whose operations are repeated with the {@link Patience} of their filesystem. {@link
 * #commit} and {@link #replace} are not: doing them twice is not doing them once, and who asks for
 * them knows how to find out what became of them.
 */
final class PatientFiles implements StoreFiles {
  private final StoreFiles files;

  PatientFiles(StoreFiles files) {
    this.files = files;
  }

  private interface Change {
    void run() throws IOException;
  }

  private void repeat(Change change) throws IOException {
    patience()
        .repeat(
            () -> {
              change.run();
              return null;
            });
  }

  @Override
  public URI root() {
    return files.root();
  }

  @Override
  public Patience patience() {
    return files.patience();
  }

  @Override
  public void createFolder(String folder) throws IOException {
    repeat(() -> files.createFolder(folder));
  }

  @Override
  public void write(String file, byte[] content) throws IOException {
    repeat(() -> files.write(file, content));
  }

  @Override
  public void commit(String written, String name) throws IOException {
    files.commit(written, name);
  }

  @Override
  public void replace(String written, String name) throws IOException {
    files.replace(written, name);
  }

  @Override
  public void sync(String folder) throws IOException {
    repeat(() -> files.sync(folder));
  }

  @Override
  public boolean exists(String name) throws IOException {
    return patience().repeat(() -> files.exists(name));
  }

  @Override
  public long length(String file) throws IOException {
    return patience().repeat(() -> files.length(file));
  }

  @Override
  public Instant modified(String name) throws IOException {
    return patience().repeat(() -> files.modified(name));
  }

  @Override
  public byte[] read(String file) throws IOException {
    return patience().repeat(() -> files.read(file));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return patience().repeat(() -> files.list(folder));
  }

  @Override
  public void deleteFile(String file) throws IOException {
    repeat(() -> files.deleteFile(file));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    repeat(() -> files.deleteFolder(folder));
  }
}
