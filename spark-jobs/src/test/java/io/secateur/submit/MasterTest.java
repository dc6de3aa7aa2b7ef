package io.secateur.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterTest {
  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "spark://a:7077,b:7077", "yarn", "k8s://https://a:1"})
  void clustersAreTaken(String url) {
    assertThat(Master.parse(url).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "spark://a", "spark://a:b", "spark://", "mesos://a:1", ""})
  void anythingElseIsRefused(String url) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> Master.parse(url))
        .withMessageContaining("--master " + url);
  }

  @Test
  void aClusterIsOnThisHostWhenAllItsMastersListenHereAlone() {
    assertThat(Master.parse("spark://127.0.0.1:7077").isLoopback()).isTrue();
    assertThat(Master.parse("spark://127.0.0.1:7077,192.0.2.1:7077").isLoopback()).isFalse();
    assertThat(Master.parse("yarn").isLoopback()).isFalse();
  }
}
