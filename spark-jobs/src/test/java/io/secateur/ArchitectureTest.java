package io.secateur;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.secateur",
    importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_DL4J =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.secateur.train.dl4j..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

  /** They add floats in the order in which the network delivers them: not repeatable. */
  @ArchTest
  static final ArchRule NOTHING_IS_SUMMED_IN_ARRIVAL_ORDER =
      noClasses()
          .should()
          .callMethodWhere(
              target(nameMatching("(tree)?(reduce|fold|aggregate)(ByKey)?|tree(Reduce|Aggregate)"))
                  .and(target(owner(resideInAPackage("org.apache.spark..")))));

  /** Whatever is chosen by looking at accuracy is chosen on the validation rows. */
  @ArchTest
  static final ArchRule THE_TEST_SET_IS_FOR_THE_PUBLISHER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.secateur.data..")
          .and()
          .haveNameNotMatching("io\\.secateur\\.job\\.(Publisher|Evaluat\\w*)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.secateur.data.TestSet");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.secateur.cli..", "io.secateur.report..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_EXITS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.secateur.cli..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.secateur.(**)").should().beFreeOfCycles();
}
