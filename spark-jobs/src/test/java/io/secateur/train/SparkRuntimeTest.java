package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.ClusterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SparkRuntimeTest {
  @Test
  void oneOfSeveralMastersIsEnoughAndNoneIsAnError() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listening = "127.0.0.1:" + socket.getLocalPort();
      assertThatCode(
              () -> SparkRuntime.requireListening("spark://127.0.0.1:" + free + "," + listening))
          .doesNotThrowAnyException();
    }
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> SparkRuntime.requireListening("spark://127.0.0.1:" + free))
        .withMessageContaining("127.0.0.1:" + free);
  }
}
