package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.global;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.workload.PhaseKind;
import io.gatling.javaapi.core.Simulation;
import java.util.Set;

/**
 * The base of all simulations: reads the options, checks the machine, runs the experiment, reports
 * and says why it failed.
 */
abstract class FanbenchSimulation extends Simulation {
  /** The name of the scenario in Gatling's report. */
  private static final String SCENARIO = "fanbench";

  private final ExitReport ending;

  FanbenchSimulation(Set<PhaseKind> kinds) {
    this(kinds, "default");
  }

  /**
   * @param workload measured unless the options name another one
   */
  FanbenchSimulation(Set<PhaseKind> kinds, String workload) {
    ending = prepare(kinds, workload);
    SetUp setUp =
        setUp(ExperimentSetup.users(SCENARIO, ending.experiment(), () -> {}).population());
    if (ending.failsOnEachFault()) {
      setUp.assertions(global().failedRequests().count().is(0L));
    }
  }

  /** Gatling calls this when the last user has gone, before it writes its own report. */
  @Override
  public void after() {
    ending.report();
  }

  private static ExitReport prepare(Set<PhaseKind> kinds, String workload) {
    try {
      return ExperimentSetup.prepare(System.getProperties(), kinds, workload);
    } catch (BadOption e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(ExitCode.BAD_CONFIGURATION.code());
      throw e;
    }
  }
}
