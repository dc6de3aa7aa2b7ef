package io.secateur.store.hadoop;

import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.store.CheckpointFile;
import io.secateur.store.JobFolders;
import io.secateur.store.Names;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Job folders over the operations of {@link StoreFiles}. Thread-safe. */
final class HadoopJobFolders implements JobFolders {
  private final StoreFiles files;
  private final WholeFiles whole;

  HadoopJobFolders(StoreFiles files) {
    this.files = files;
    this.whole = new WholeFiles(files);
  }

  @Override
  public List<String> ids() {
    return whole.list(StorePaths.JOBS).stream()
        .filter(Names::isFile)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  @Override
  public void write(String jobId, String file, byte[] content) {
    require(jobId);
    require(file);
    whole.replace(StorePaths.job(jobId), file, content);
  }

  @Override
  public Optional<byte[]> read(String jobId, String file) {
    require(jobId);
    require(file);
    return whole.readIfExists(StorePaths.job(jobId) + "/" + file);
  }

  @Override
  public void delete(String jobId, String file) {
    require(jobId);
    require(file);
    String name = StorePaths.job(jobId) + "/" + file;
    try {
      files.deleteFile(name);
    } catch (IOException e) {
      throw StoreErrors.refused(files, "remove " + name, e);
    }
  }

  @Override
  public List<String> names(String jobId) {
    require(jobId);
    return whole.list(StorePaths.job(jobId)).stream().filter(Names::isFile).toList();
  }

  @Override
  public URI files(String jobId) {
    require(jobId);
    return URI.create(files.root() + "/" + StorePaths.job(jobId) + "/files");
  }

  @Override
  public void writeCheckpoint(String jobId, byte[] content) {
    require(jobId);
    whole.replace(
        StorePaths.checkpoint(jobId), StorePaths.CHECKPOINT, CheckpointFile.toBytes(content));
  }

  @Override
  public Optional<byte[]> readCheckpoint(String jobId) {
    require(jobId);
    String file = StorePaths.checkpoint(jobId) + "/" + StorePaths.CHECKPOINT;
    return whole
        .readIfExists(file)
        .map(bytes -> CheckpointFile.parse(bytes, files.root() + "/" + file));
  }

  @Override
  public URI shards(String jobId) {
    require(jobId);
    return URI.create(files.root() + "/" + StorePaths.shards(jobId));
  }

  @Override
  public void deleteCheckpoint(String jobId) {
    require(jobId);
    for (String folder : List.of(StorePaths.checkpoint(jobId), StorePaths.shards(jobId))) {
      try {
        files.deleteFolder(folder);
      } catch (IOException e) {
        throw StoreErrors.refused(files, "remove " + folder, e);
      }
    }
  }

  private static void require(String name) {
    if (!Names.isFile(name)) {
      throw new UsageException(
          new Problem(
              "\"" + name + "\" as the name of a job or of a file of one",
              "a name without slashes that does not start with a dot",
              "name a job that \"secateur jobs list\" shows"));
    }
  }
}
