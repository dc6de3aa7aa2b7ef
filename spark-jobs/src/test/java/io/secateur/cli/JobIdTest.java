package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobIdTest {
  @Test
  void idsTellTheTimeInUtcAndSortByIt() {
    String earlier = JobId.at(Instant.parse("2026-11-24T09:30:15Z"));
    String later = JobId.at(Instant.parse("2026-11-24T09:30:16Z"));

    assertThat(earlier).matches("20261124-093015-[0-9a-f]{4}");
    assertThat(earlier).isLessThan(later);
  }
}
