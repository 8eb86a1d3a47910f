package dev.fanbench.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(packages = "dev.fanbench.reports", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.reports");

  @ArchTest
  static final ArchRule REPORTS_KNOW_MEASUREMENTS_AND_NOTHING_ELSE_OF_FANBENCH =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.sun.net.httpserver..",
              "dev.fanbench.reports..",
              "dev.fanbench.measurement..",
              "dev.fanbench.target",
              "org.HdrHistogram..",
              "com.fasterxml.jackson..",
              "picocli..");

  @ArchTest
  static final ArchRule THE_MODEL_DOES_NOT_KNOW_HOW_IT_LOOKS =
      noClasses()
          .that()
          .resideInAPackage("..reports.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..reports.page..", "..reports.chart..", "..reports.export..");
}
