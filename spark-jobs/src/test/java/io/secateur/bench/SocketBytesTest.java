package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SocketBytesTest {
  private static String line(String ends, int pid, long sent, long received) {
    return "ESTAB 0 0 %s users:((\"java\",pid=%d,fd=311))\n\t cubic wscale:10,10 rto:204"
            .formatted(ends, pid)
        + " bytes_sent:%d bytes_acked:%d bytes_received:%d segs_out:5\n"
            .formatted(sent, sent, received);
  }

  @Test
  void connectionsOfAProcessAreAddedUpAcrossReadings() {
    SocketBytes bytes = new SocketBytes();
    bytes.accept(
        line("127.0.0.1:5 127.0.0.1:6", 7, 100, 30)
            + line("[::ffff:127.0.0.1]:5 [::ffff:127.0.0.1]:9", 7, 10, 3)
            + line("127.0.0.1:6 127.0.0.1:5", 8, 30, 100));
    // one grew, one is gone, one is new
    bytes.accept(
        line("127.0.0.1:5 127.0.0.1:6", 7, 150, 31) + line("127.0.0.1:5 127.0.0.1:8", 7, 4, 2));

    assertThat(bytes.sentBy(7)).isEqualTo(100 + 10 + 50 + 4);
    assertThat(bytes.receivedBy(7)).isEqualTo(30 + 3 + 1 + 2);
    assertThat(bytes.sentBy(8)).isEqualTo(30);
    assertThat(bytes.sentBy(9)).isZero();
  }

  @Test
  void aConnectionThatOnlyReceivedHasNoCountOfBytesSent() {
    SocketBytes bytes = new SocketBytes();
    bytes.accept(
        "ESTAB 0 0 127.0.0.1:5 127.0.0.1:6 users:((\"java\",pid=7,fd=3))\n\t bytes_received:12\n");
    assertThat(bytes.sentBy(7)).isZero();
    assertThat(bytes.receivedBy(7)).isEqualTo(12);
  }
}
