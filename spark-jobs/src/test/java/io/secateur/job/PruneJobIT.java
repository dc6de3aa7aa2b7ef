package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.LocalCluster;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import io.secateur.report.JobResult;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.train.Evaluation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job as a cluster runs it: digits and store on HDFS, executors in their own JVMs. */
class PruneJobIT {
  @TempDir private Path folder;

  @Test
  void aJobOnHdfsAndExecutorsPublishesWhatOneJvmDoes() throws IOException {
    SampleJob here = SampleJob.on("here", "local[2]", folder.resolve("store").toUri());
    new PruneJob(here.options("network: lenet-300-100"), here.environment()).run();
    Configuration configuration = new Configuration();
    configuration.set("hdfs.minidfs.basedir", folder.resolve("hdfs").toString());
    LocalCluster.settings().forEach(System::setProperty);
    try (MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      FileSystem files = hdfs.getFileSystem();
      URI store = files.makeQualified(new org.apache.hadoop.fs.Path("/secateur")).toUri();
      SampleJob there =
          SampleJob.on(
              "there",
              LocalCluster.MASTER,
              store,
              copied(SampleDigits.train(), files),
              copied(SampleDigits.test(), files));

      ModelVersion pruned =
          new PruneJob(there.options("network: lenet-300-100"), there.environment()).run();

      JobResult result = there.result.succeeded();
      assertThat(result.hashes()).isEqualTo(here.result.succeeded().hashes());
      SampleJob later = SampleJob.on("later", "local[1]", store);
      Evaluation evaluation =
          new EvaluateJob(ModelReference.exactly(pruned), Optional.empty(), later.environment())
              .run();
      assertThat(evaluation.errorPercent()).isEqualTo(result.pruned().testErrorPercent());
    } finally {
      LocalCluster.settings().keySet().forEach(System::clearProperty);
    }
  }

  private static IdxFiles copied(IdxFiles local, FileSystem files) throws IOException {
    return new IdxFiles(copied(local.images(), files), copied(local.labels(), files));
  }

  private static URI copied(URI local, FileSystem files) throws IOException {
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(local);
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path("/digits", from.getName());
    files.copyFromLocalFile(from, to);
    return files.makeQualified(to).toUri();
  }
}
