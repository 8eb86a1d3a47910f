package dev.fanbench.release;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;

@AnalyzeClasses(packages = "dev.fanbench.release", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule copiesFilesAndKnowsNoModule =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.fanbench.release");
}
