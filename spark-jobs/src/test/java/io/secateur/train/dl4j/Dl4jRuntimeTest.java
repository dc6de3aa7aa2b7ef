package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class Dl4jRuntimeTest {
  @Test
  void convolutionsReallyRunOnOneDnn() {
    assertThat(Dl4jRuntime.convolutionHelperActive()).isTrue();
  }

  @Test
  void everyThreadThatIsPreparedHasOneMathsThread() throws InterruptedException {
    AtomicInteger found = new AtomicInteger();
    Thread thread =
        new Thread(
            () -> {
              NativeOps nd4j = NativeOpsHolder.getInstance().getDeviceNativeOps();
              nd4j.setOmpNumThreads(3); // as in the thread that loads ND4J
              Dl4jRuntime.prepareThread();
              found.set(nd4j.ompGetMaxThreads());
            });
    thread.start();
    thread.join();
    assertThat(found).hasValue(1);
  }
}
