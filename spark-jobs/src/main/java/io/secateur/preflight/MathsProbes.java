package io.secateur.preflight;

import io.secateur.kernel.KernelProvider;
import io.secateur.train.dl4j.Dl4jRuntime;

/** What a process computes with. */
final class MathsProbes {
  private static final String OMP = "OMP_NUM_THREADS";

  private MathsProbes() {}

  static Finding vectors(JobNeeds needs) {
    int bits = KernelProvider.preferredLaneBits();
    if (bits < needs.laneBits()) {
      return Finding.fail(
          "vectors",
          KernelProvider.reason() + ", the job computes with " + needs.laneBits() + " bits",
          bits == KernelProvider.PLAIN
              ? "--add-modules=jdk.incubator.vector in spark.executor.extraJavaOptions, or lane-bits:"
                  + " 0 in the job file"
              : "lane-bits: " + bits + " in the job file, for all hosts");
    }
    return bits == KernelProvider.PLAIN
        ? Finding.warn(
            "vectors",
            KernelProvider.reason(),
            "--add-modules=jdk.incubator.vector in the JVM's options: training is several times"
                + " faster")
        : Finding.ok("vectors", KernelProvider.reason());
  }

  static Finding nd4j(JobNeeds needs) {
    String wrong;
    try {
      if (Dl4jRuntime.multipliesRight()) {
        return Finding.ok("ND4J", "loads and multiplies right");
      }
      wrong = "a product of two small matrices is wrong";
    } catch (LinkageError | RuntimeException e) {
      wrong = "doesn't load: " + firstLine(e);
    }
    String remedy = "the nd4j-native jar of this host's system and CPU on the class path";
    return needs.dl4j()
        ? Finding.fail("ND4J", wrong, remedy)
        : Finding.warn("ND4J", wrong + " (this job doesn't compute with it)", remedy);
  }

  private static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("");
  }

  static Finding oneDnn() {
    try {
      if (Dl4jRuntime.convolutionHelperActive()) {
        return Finding.ok("oneDNN", "DL4J's convolutions run on it");
      }
    } catch (LinkageError | RuntimeException e) {
      return Finding.warn("oneDNN", "unknown, for ND4J doesn't load", "what ND4J needs");
    }
    return Finding.warn(
        "oneDNN",
        "DL4J's helpers are off: its convolutions are several times slower",
        "-Dorg.eclipse.deeplearning4j.helpers.disable=false in the JVM's options, and a -onednn"
            + " build of nd4j-native");
  }

  static Finding threads() {
    String threads = System.getenv(OMP);
    return "1".equals(threads)
        ? Finding.ok("maths threads", OMP + "=1")
        : Finding.warn(
            "maths threads",
            OMP
                + (threads == null ? " is not set" : "=" + threads)
                + ": ND4J's threads fight with Spark's for the cores",
            "export OMP_NUM_THREADS=1 before the driver starts, spark.executorEnv.OMP_NUM_THREADS=1");
  }
}
