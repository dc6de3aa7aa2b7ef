package io.secateur.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds that stay in registers, called by name from {@link PeakRate}. */
final class VectorPeak {
  private static final int STEPS = 1 << 24;
  private static final int ACCUMULATORS = 12;

  private VectorPeak() {}

  /** Operations of one thread in a nanosecond: 2 for each multiply-add of each lane. */
  static double gigaflops() {
    VectorSpecies<Float> species = VectorKernels.SPECIES;
    FloatVector factor = FloatVector.broadcast(species, 0.999f);
    FloatVector term = FloatVector.broadcast(species, 0.001f);
    FloatVector a = term;
    FloatVector b = term;
    FloatVector c = term;
    FloatVector d = term;
    FloatVector e = term;
    FloatVector f = term;
    FloatVector g = term;
    FloatVector h = term;
    FloatVector i = term;
    FloatVector j = term;
    FloatVector k = term;
    FloatVector l = term;
    long start = System.nanoTime();
    for (int step = 0; step < STEPS; step++) {
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
      k = k.fma(factor, term);
      l = l.fma(factor, term);
    }
    long nanos = System.nanoTime() - start;
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
    if (Float.isNaN(sum.lane(0))) {
      throw new IllegalStateException("sums that are used can't be left out by the compiler");
    }
    return 2.0 * ACCUMULATORS * species.length() * STEPS / nanos;
  }
}
