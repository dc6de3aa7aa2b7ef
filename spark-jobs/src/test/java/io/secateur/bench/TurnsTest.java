package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> order = new ArrayList<>();
  private final Turns turns = new Turns(line -> {});

  @Test
  void contestantsTakeTurnsAndTheFirstEpochIsNotCounted() {
    turns.run(List.of(new Scripted("ours", 9, 2, 4, 3), new Scripted("theirs", 99, 6, 8, 7)), 3);
    assertThat(order)
        .containsExactly("ours", "theirs", "ours", "theirs", "ours", "theirs", "ours", "theirs");
    assertThat(turns.cold("ours")).isEqualTo(9);
    assertThat(turns.warm("ours").values()).containsExactly(2.0, 4.0, 3.0);
    assertThat(turns.against("theirs", 3.5, Better.LOWER))
        .isEqualTo(new Baseline("theirs", 7.0, 2.0, null));
  }

  @Test
  void oneThatEndsEarlyIsSkippedWithItsReasonAndNotAskedAgain() {
    turns.run(List.of(new Scripted("ours", 1, 1, 1, 1), new Scripted("theirs", 5, 6)), 3);
    assertThat(order).filteredOn("theirs"::equals).hasSize(3);
    assertThat(turns.against("theirs", 1, Better.LOWER))
        .isEqualTo(new Baseline("theirs", null, null, "no more epochs"));
  }

  @Test
  void aRateIsBetterWhenItIsHigher() {
    assertThat(Better.HIGHER.ratio(200, 10)).isEqualTo(20);
    assertThat(Better.LOWER.ratio(10, 200)).isEqualTo(20);
  }

  private final class Scripted implements Contestant {
    private final String name;
    private final double[] seconds;
    private int next;

    Scripted(String name, double... seconds) {
      this.name = name;
      this.seconds = seconds;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double seconds() {
      order.add(name);
      if (next == seconds.length) {
        throw new SkippedException("no more epochs");
      }
      return seconds[next++];
    }

    @Override
    public void close() {}
  }
}
