package io.secateur.bench;

import io.secateur.network.Topology;
import java.util.SplittableRandom;

/** Examples of one prediction, drawn at random. */
final class Examples {
  private static final long SEED = 1;

  private final float[] raw;
  private final float[] scaled;
  private final int count;

  Examples(Topology topology, int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    this.count = count;
    this.raw = new float[count * topology.inputShape().elements()];
    this.scaled = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = random.nextInt(256);
      scaled[i] = (float) (raw[i] * topology.inputScale());
    }
  }

  int count() {
    return count;
  }

  /** [count][inputs] as the data has them: whole numbers from 0 to 255. */
  float[] raw() {
    return raw;
  }

  /** [count][inputs] as the network's input scales them. */
  float[] scaled() {
    return scaled;
  }
}
