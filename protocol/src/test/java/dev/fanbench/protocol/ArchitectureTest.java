package dev.fanbench.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(
    packages = "dev.fanbench.protocol",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.protocol");

  /** Lambda functions and both servers use it, so it brings no platform along. */
  @ArchTest
  static final ArchRule standsOnTheJdkAndTwoParsers =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "com.fasterxml.jackson.core..", "us.bpsm.edn..", "dev.fanbench.protocol..");

  @ArchTest
  static final ArchRule wireDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.fanbench.protocol")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.channels..", "com.sun.net.httpserver..");
}
