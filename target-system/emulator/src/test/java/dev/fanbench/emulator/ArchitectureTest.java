package dev.fanbench.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fanbench.conventions.SharedRule;
import dev.fanbench.emulator.latency.Latency;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

@AnalyzeClasses(
    packages = "dev.fanbench.emulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule namesSayWhatAClassIs = SharedRule.namesSayWhatAClassIs();

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SharedRule.packagesFormNoCycle("dev.fanbench.emulator");

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
          .resideOutsideOfPackages(
              "dev.fanbench.emulator.gateway",
              "dev.fanbench.emulator.invoke",
              "dev.fanbench.emulator.runtime")
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

  /** Methods of executors whose task may fail unseen. */
  private static final Set<String> TASKS =
      Set.of("execute", "schedule", "scheduleAtFixedRate", "scheduleWithFixedDelay", "submit");

  /** Methods of futures that end a chain: a failure of theirs goes no further. */
  private static final Pattern CALLBACKS =
      Pattern.compile("(whenComplete|handle|thenAccept|thenRun|exceptionally)(Async)?");

  /** Methods of the latency model that go on in a timer. */
  private static final Set<String> HOPS = Set.of("take", "rest", "after");

  private static final DescribedPredicate<JavaAccess<?>> MAY_LOSE_A_FAILURE =
      DescribedPredicate.describe(
          "a method whose callback may fail unseen",
          access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            return (owner.isAssignableTo(Executor.class) && TASKS.contains(name))
                || (owner.isAssignableTo(CompletionStage.class)
                    && CALLBACKS.matcher(name).matches())
                || (owner.isAssignableTo(Latency.class) && HOPS.contains(name));
          });

  /**
   * Tasks, timers and callbacks run under a guard. Chains that hand their failure on, such as
   * thenApply and thenCompose, need none. A delivery is a task for each frame and has nothing to
   * answer; a guard would be an object for each. A flush reports its failure to its channel, and a
   * timer's task brings its guard.
   */
  @ArchTest
  static final ArchRule callbacksAreGuarded =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.fanbench.emulator.failure", "dev.fanbench.emulator.latency")
          .and()
          .haveNameNotMatching(".*gateway[.](ClientConnection|FlushQueue|TickTimer)([$].*)?")
          .should()
          .accessTargetWhere(MAY_LOSE_A_FAILURE)
          .because("RequestGuard answers and logs what fails in them");
}
