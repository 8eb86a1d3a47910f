package dev.fanbench.gatling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(packages = "dev.fanbench.gatling", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.gatling");

  /** A target is a URL and a control URL; none of its classes is on the load's class path. */
  @ArchTest
  static final ArchRule knowsNoTarget =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax..",
              "com.sun.management..",
              "dev.fanbench.gatling..",
              "dev.fanbench.measurement..",
              "dev.fanbench.protocol..",
              "dev.fanbench.reports..",
              "dev.fanbench.signature..",
              "dev.fanbench.target..",
              "dev.fanbench.tokens..",
              "com.typesafe..",
              "io.gatling..",
              "io.netty..",
              "org.HdrHistogram..",
              "com.fasterxml.jackson..",
              "org.slf4j..",
              "org.yaml.snakeyaml..",
              "picocli..",
              "scala..");

  /** Gatling owns users and assertions; the clients, options and targets do not know it. */
  @ArchTest
  static final ArchRule onlySimulationsAndCommandsKnowGatling =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.fanbench.gatling",
              "dev.fanbench.gatling.action..",
              "dev.fanbench.gatling.command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gatling..");
}
