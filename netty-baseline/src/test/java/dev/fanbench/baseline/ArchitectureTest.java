package dev.fanbench.baseline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(
    packages = "dev.fanbench.baseline",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.baseline");

  @ArchTest
  static final ArchRule knowsNoOtherServerAndNoMeasurement =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "io.netty..",
              "io.lettuce..",
              "picocli..",
              "dev.fanbench.protocol..",
              "dev.fanbench.target..",
              "dev.fanbench.tokens..",
              "dev.fanbench.baseline..");

  @ArchTest
  static final ArchRule layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("server")
          .definedBy("dev.fanbench.baseline")
          .layer("chat")
          .definedBy("dev.fanbench.baseline.chat..")
          .layer("nodes")
          .definedBy("dev.fanbench.baseline.nodes..")
          .layer("broadcast")
          .definedBy("dev.fanbench.baseline.broadcast..")
          .whereLayer("server")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("chat")
          .mayOnlyBeAccessedByLayers("server", "nodes")
          .whereLayer("nodes")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("broadcast")
          .mayOnlyBeAccessedByLayers("server", "chat", "nodes");

  @ArchTest
  static final ArchRule chatKnowsNothingOfTheTransport =
      noClasses()
          .that()
          .resideInAPackage("dev.fanbench.baseline.chat..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");
}
