package dev.fanbench.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(packages = "dev.fanbench.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle = SharedRule.packagesFormNoCycle("dev.fanbench.cli");

  @ArchTest
  static final ArchRule knowsCommandsAndNoTarget =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "picocli..",
              "dev.fanbench.cli..",
              "dev.fanbench.gatling.command",
              "dev.fanbench.gatling.options",
              "dev.fanbench.reports",
              "dev.fanbench.target",
              "dev.fanbench.tokens");
}
