package io.secateur.report;

/**
 * The energy of an inference by the table of Han et al. 2015 (45 nm CMOS): a multiplication of
 * floats takes 3.7 pJ, an addition 0.9 pJ, a read of 32 bits 5 pJ from SRAM and 640 pJ from DRAM.
 *
 * <p>What is assumed: each stored word of weights (values and indices) is read once for an example,
 * from SRAM when the whole model fits into {@link #SRAM_BYTES} of it and else from DRAM; each
 * multiply-accumulate whose weight and activation are not zero is done; activations cost nothing to
 * move.
 */
public final class EnergyTable {
  /** On-chip memory for weights: 1 MiB. */
  public static final long SRAM_BYTES = 1 << 20;

  private static final double MULTIPLY_AND_ADD = 3.7 + 0.9;
  private static final double PICO_TO_MICRO = 1e-6;
  private static final int BYTES_A_WORD = 4;
  private static final int FLOP_A_MAC = 2;

  private EnergyTable() {}

  /** Where weights are read from. */
  public enum Memory {
    /** On the chip. */
    SRAM(5),
    /** Beside it. */
    DRAM(640);

    private final double picojoulesAWord;

    Memory(double picojoulesAWord) {
      this.picojoulesAWord = picojoulesAWord;
    }

    /** Where a model of so many bytes lies. */
    public static Memory holding(long bytes) {
      return bytes <= SRAM_BYTES ? SRAM : DRAM;
    }
  }

  /**
   * Microjoules for one example.
   *
   * @param memory where the weights lie
   * @param bytes of the weights as they are stored
   * @param flop operations that are done, two for each multiply-accumulate
   */
  public static double microjoules(Memory memory, long bytes, double flop) {
    double reads = (double) bytes / BYTES_A_WORD * memory.picojoulesAWord;
    return PICO_TO_MICRO * (reads + flop / FLOP_A_MAC * MULTIPLY_AND_ADD);
  }
}
