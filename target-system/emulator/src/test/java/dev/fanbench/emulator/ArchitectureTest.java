package dev.fanbench.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.fanbench.emulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Functions are found by the names in the template, so any functions can be. */
  @ArchTest
  static final ArchRule knowsNoFunctionAndNoSdk =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.fanbench.functions..", "software.amazon.awssdk..");

  @ArchTest
  static final ArchRule onlyTheStoreKnowsDynamoDbLocal =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.fanbench.emulator.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule onlyTheServersKnowNetty =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.fanbench.emulator.gateway", "dev.fanbench.emulator.invoke")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule templateKnowsNothingOfTheRest =
      classes()
          .that()
          .resideInAPackage("dev.fanbench.emulator.template")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.yaml.snakeyaml..", "dev.fanbench.emulator.template");

  @ArchTest
  static final ArchRule partsHaveAnOrder =
      slices().matching("dev.fanbench.emulator.(*)..").should().beFreeOfCycles();
}
