package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.StoreException;
import io.secateur.store.ModelStore;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class HdfsModelStoreTest extends ModelStoreContract {
  private String root;

  @Override
  @BeforeEach
  void open(TestInfo test) throws IOException {
    root = "/contract/" + test.getTestMethod().orElseThrow().getName();
    super.open(test);
  }

  @Override
  StoreFiles files() throws IOException {
    return ModelStores.hadoopFiles(MiniHdfs.uri(root), Map.of());
  }

  private ModelStore store() {
    return ModelStores.open(MiniHdfs.uri(root));
  }

  @Test
  void aFolderWithoutPermissionIsSaidWithUserAndRemedy() throws Exception {
    DistributedFileSystem dfs = MiniHdfs.files();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    dfs.mkdirs(path);
    dfs.setPermission(path, new FsPermission((short) 0555));
    UserGroupInformation stranger =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"strangers"});
    ModelStore store =
        stranger.doAs(
            (PrivilegedExceptionAction<ModelStore>) () -> ModelStores.open(MiniHdfs.uri(root)));

    assertThat(store.models()).isEmpty();
    assertThatThrownBy(store::requireWritable)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no permission to write")
        .hasMessageContaining("--store")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> store.stage(Samples.draft("lenet", 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no permission to write the payload of lenet");
  }

  @Test
  void aModelThatBelongsToSomeoneElseIsNoticedBeforeTheJob() throws Exception {
    ModelStore owner = store();
    owner.stage(Samples.draft("lenet", 1)).publish(Samples.provenance(1));
    DistributedFileSystem dfs = MiniHdfs.files();
    dfs.setPermission(
        new org.apache.hadoop.fs.Path(root, "models"), new FsPermission((short) 0777));
    UserGroupInformation stranger =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"strangers"});
    ModelStore store =
        stranger.doAs(
            (PrivilegedExceptionAction<ModelStore>) () -> ModelStores.open(MiniHdfs.uri(root)));

    store.requireWritable();
    store.requireWritable("other");
    assertThatThrownBy(() -> store.requireWritable("lenet"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no permission to write to " + MiniHdfs.uri(root) + "/models/lenet");
  }

  @Test
  void aUsedUpQuotaIsNoSpaceAndLeavesNothing() throws Exception {
    DistributedFileSystem dfs = MiniHdfs.files();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    dfs.mkdirs(path);
    dfs.setQuota(path, HdfsConstants.QUOTA_DONT_SET, 1_000);
    assertThatThrownBy(() -> store().stage(Samples.draft("lenet", 1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no space to write the payload of lenet")
        .hasMessageContaining("quota")
        .hasMessageNotContaining("\n");
    assertThat(files().list("models/lenet/data")).isEmpty();
  }
}
