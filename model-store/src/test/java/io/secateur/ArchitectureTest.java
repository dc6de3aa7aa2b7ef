package io.secateur;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.secateur", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NEEDS_NEITHER_SPARK_NOR_ND4J =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "scala..", "org.nd4j..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_HADOOP =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.secateur.store.hadoop..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule TENSORS_STAND_ALONE =
      classes()
          .that()
          .resideInAPackage("io.secateur.tensor..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.secateur.tensor..");

  /**
   * The codec knows tensors; only the policy asks the network what kind of layer a tensor is of.
   */
  @ArchTest
  static final ArchRule ENCODING_NEEDS_NO_STORE =
      classes()
          .that()
          .resideInAPackage("io.secateur.encoding..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.secateur.tensor..", "io.secateur.network..", "io.secateur.encoding..");

  @ArchTest
  static final ArchRule THE_CODEC_KNOWS_TENSORS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.secateur.encoding..")
          .and()
          .haveNameNotMatching(".*\\.EncodingPolicy(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.secateur.network..");

  @ArchTest
  static final ArchRule KERNELS_STAND_ALONE =
      classes()
          .that()
          .resideInAPackage("io.secateur.kernel..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "jdk.incubator.vector..", "io.secateur.kernel..");

  /** A service that embeds a network has this library, Jackson and nothing else. */
  @ArchTest
  static final ArchRule NETWORKS_RUN_ON_KERNELS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.secateur.network..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "io.secateur.error..",
              "io.secateur.tensor..",
              "io.secateur.kernel..",
              "io.secateur.network..");

  /** Whatever reads an exported file works where Hadoop is not on the class path. */
  @ArchTest
  static final ArchRule LOADING_NEEDS_JACKSON_ONLY =
      classes()
          .that()
          .resideInAPackage("io.secateur.store")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "io.secateur.error..",
              "io.secateur.tensor..",
              "io.secateur.encoding..",
              "io.secateur.network..",
              "io.secateur.store");

  @ArchTest
  static final ArchRule A_LIBRARY_NEVER_PRINTS = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule A_LIBRARY_NEVER_EXITS =
      noClasses().should().callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.secateur.(**)").should().beFreeOfCycles();
}
