package dev.fanbench.measurement;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.measurement.clock.SystemNanoClock;

@AnalyzeClasses(
    packages = "dev.fanbench.measurement",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule STANDS_ON_THE_JDK_HDRHISTOGRAM_AND_JACKSON =
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

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("dev.fanbench.measurement.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service|Data|Info)");

  @ArchTest
  static final ArchRule THE_FLOOR_MEASURES_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("..floor..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("..record..", "..run..", "..verdict.."))
          .allowEmptyShould(true);
}
