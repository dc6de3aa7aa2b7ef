package io.secateur.config;

/** The loop that trains on Spark. */
public enum Loop {
  /** Ours: rounds averaged in partition order, bit-identical on every cluster. */
  SECATEUR,
  /** dl4j-spark's ParameterAveragingTrainingMaster, for comparison; promises no equal bits. */
  PARAMETER_AVERAGING;

  /** The name in job files. */
  public String wireName() {
    return WireNames.of(this);
  }
}
