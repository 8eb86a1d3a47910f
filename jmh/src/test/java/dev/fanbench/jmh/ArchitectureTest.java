package dev.fanbench.jmh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(packages = "dev.fanbench.jmh", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle = SharedRule.packagesFormNoCycle("dev.fanbench.jmh");

  /** Benchmarks measure the chat's servers and the load's clients, not Gatling or the report. */
  @ArchTest
  static final ArchRule knowsNeitherGatlingNorTheReport =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.gatling..", "dev.fanbench.reports..", "dev.fanbench.functions..");
}
