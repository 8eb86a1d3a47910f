package dev.fanbench.functions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(
    packages = "dev.fanbench.functions",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.functions");

  @ArchTest
  static final ArchRule onePackageAloneKnowsTheCloud =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fanbench.functions.aws")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.amazonaws..");

  @ArchTest
  static final ArchRule onePackageAloneKnowsTheRedisClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fanbench.functions.redis")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lettuce..");

  @ArchTest
  static final ArchRule chatKnowsNeitherEventsNorHandlers =
      classes()
          .that()
          .resideInAPackage("dev.fanbench.functions.chat")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.fanbench.protocol", "dev.fanbench.functions.chat");

  @ArchTest
  static final ArchRule nothingForTheEmulator =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.fanbench.emulator..");

  /** Endpoints come from the SDK's own variables; one set in code would beat them all. */
  @ArchTest
  static final ArchRule noEndpointInCode =
      noClasses()
          .should()
          .callMethodWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                  com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(
                      "endpointOverride")));
}
