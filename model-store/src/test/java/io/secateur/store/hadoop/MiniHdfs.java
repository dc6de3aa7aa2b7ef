package io.secateur.store.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and a DataNode inside this JVM, started once for all tests of it. */
final class MiniHdfs {
  private static MiniDFSCluster cluster;

  private MiniHdfs() {}

  static synchronized MiniDFSCluster cluster() {
    if (cluster == null) {
      Path folder = Path.of("target", "mini-hdfs").toAbsolutePath();
      Configuration configuration = new Configuration();
      configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
      try {
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cluster;
  }

  static URI uri(String path) {
    return URI.create(cluster().getURI() + path);
  }

  static DistributedFileSystem files() throws IOException {
    return cluster().getFileSystem();
  }
}
