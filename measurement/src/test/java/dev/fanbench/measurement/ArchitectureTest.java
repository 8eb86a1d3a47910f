package dev.fanbench.measurement;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;
import dev.fanbench.measurement.clock.SystemNanoClock;

@AnalyzeClasses(
    packages = "dev.fanbench.measurement",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.measurement");

  @ArchTest
  static final ArchRule STANDS_ON_FEW_LIBRARIES =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "dev.fanbench.measurement..",
                  "java..",
                  "javax..",
                  "com.sun.management..",
                  "com.sun.net.httpserver..",
                  "org.HdrHistogram..",
                  "org.apache.commons.statistics..",
                  "com.fasterxml.jackson.."));

  @ArchTest
  static final ArchRule ONE_CLASS_READS_THE_CLOCK =
      noClasses()
          .that(not(type(SystemNanoClock.class)))
          .should()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule NOTHING_READS_THE_TIME_OF_DAY_BY_ITSELF =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC");
}
