package io.secateur.store.hadoop;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

class HdfsMaintenanceTest extends GarbageContract {
  private String root;

  @Override
  @BeforeEach
  void open(TestInfo test) throws IOException {
    root = "/maintenance/" + test.getTestMethod().orElseThrow().getName();
    super.open(test);
  }

  @Override
  StoreFiles files() throws IOException {
    return ModelStores.hadoopFiles(MiniHdfs.uri(root), Map.of());
  }

  @Override
  void setModified(String path, Instant time) throws IOException {
    MiniHdfs.files().setTimes(new Path(root, path), time.toEpochMilli(), -1);
  }
}
