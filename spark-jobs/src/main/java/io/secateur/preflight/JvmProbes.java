package io.secateur.preflight;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The Java that a process runs on, and the options that it was given. */
final class JvmProbes {
  private static final int TESTED = 17;
  private static final String ALIGNMENT = "64";

  /** Those that Spark and Kryo reach into. */
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private JvmProbes() {}

  static Finding version() {
    int feature = Runtime.version().feature();
    String found = "Java " + Runtime.version();
    if (feature < TESTED) {
      return Finding.fail("java", found, "JAVA_HOME of a JDK 17 on this host");
    }
    return feature == TESTED
        ? Finding.ok("java", found)
        : Finding.warn("java", found, "JAVA_HOME of a JDK 17 on this host: only 17 is tested");
  }

  static Finding opens() {
    Module base = Object.class.getModule();
    Module ours = JvmProbes.class.getModule();
    List<String> shut = OPENS.stream().filter(name -> !base.isOpen(name, ours)).toList();
    return shut.isEmpty()
        ? Finding.ok("module opens", "all " + OPENS.size() + " that Spark needs")
        : Finding.fail(
            "module opens",
            "java.base doesn't open " + String.join(", ", shut),
            "java @deploy/jvm-options, or --add-opens=java.base/"
                + shut.get(0)
                + "=ALL-UNNAMED and so on in spark.driver.extraJavaOptions or"
                + " spark.executor.extraJavaOptions");
  }

  /** Arrays that start on cache lines; the native engine is an eighth slower without. */
  static Finding alignment() {
    String bytes =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("ObjectAlignmentInBytes")
            .getValue();
    String found = "objects start at multiples of " + bytes + " bytes";
    return bytes.equals(ALIGNMENT)
        ? Finding.ok("array alignment", found)
        : Finding.warn(
            "array alignment",
            found,
            "-XX:ObjectAlignmentInBytes=64 in SECATEUR_JAVA_OPTS or spark.executor.extraJavaOptions");
  }
}
