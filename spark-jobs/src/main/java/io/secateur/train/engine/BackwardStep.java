package io.secateur.train.engine;

import io.secateur.kernel.Backward;

/**
 * The way back through one layer.
 *
 * @param layer whose parameters it updates; null when there are none
 */
record BackwardStep(Backward way, String layer) {
  static BackwardStep untrained(Backward way) {
    return new BackwardStep(way, null);
  }
}
