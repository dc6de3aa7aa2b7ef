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
  static final ArchRule TENSORS_AND_ENCODING_STAND_ALONE =
      classes()
          .that()
          .resideInAnyPackage("io.secateur.tensor..", "io.secateur.encoding..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.secateur.tensor..", "io.secateur.encoding..");

  @ArchTest
  static final ArchRule A_LIBRARY_NEVER_PRINTS = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule A_LIBRARY_NEVER_EXITS =
      noClasses().should().callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.secateur.(**)").should().beFreeOfCycles();
}
