package io.secateur.job;

import java.util.Map;
import org.apache.spark.package$;

/** The versions of what computes. */
public final class Software {
  private Software() {}

  /** The version of Secateur, as the build wrote it into the jar. */
  public static String version() {
    String version = Software.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }

  /** What the provenance of a version tells. */
  public static Map<String, String> versions() {
    return Map.of(
        "secateur", version(),
        "spark", package$.MODULE$.SPARK_VERSION(),
        "java", Runtime.version().toString(),
        "deeplearning4j", "1.0.0-M2");
  }
}
