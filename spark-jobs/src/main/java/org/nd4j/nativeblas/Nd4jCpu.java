package org.nd4j.nativeblas;

/**
 * The old home of ND4J's CPU bindings, which moved to {@code
 * org.nd4j.linalg.cpu.nativecpu.bindings} in 1.0.0-M2.
 *
 * <p>{@code BaseMKLDNNHelper} of the same release still looks for {@code Nd4jCpu$Environment} here,
 * by reflection. Where it finds none it turns the oneDNN helpers of all layers off without a word,
 * and convolutions run three times slower. This class hands its question on to the moved one.
 */
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** What {@code BaseMKLDNNHelper} asks: is oneDNN in use? */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
