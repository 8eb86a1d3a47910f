package dev.fanbench.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.fanbench.conventions", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  /** It runs beside every module's tests, so it brings nothing but ArchUnit along. */
  @ArchTest
  static final ArchRule standsOnTheJdkAndArchUnit =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.lang.model..",
              "javax.tools..",
              "com.sun.source..",
              "com.tngtech.archunit..",
              "dev.fanbench.conventions..");
}
