package dev.fanbench.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(
    packages = "dev.fanbench.transport",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  /** The SDK's public interface and Netty; a function on AWS needs nothing else. */
  @ArchTest
  static final ArchRule knowsTheInterfaceAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl..",
              "org.reactivestreams..",
              "io.netty..",
              "software.amazon.awssdk.http..",
              "software.amazon.awssdk.utils..",
              "dev.fanbench.transport");

  @ArchTest
  static final ArchRule nothingInternalOfTheSdk =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..internal..");
}
