package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.global;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.measurement.workload.PhaseKind;
import io.gatling.javaapi.core.Simulation;
import java.util.Set;

/**
 * What all simulations share: read the options, check the machine, run, report, say why it failed.
 */
abstract class FanbenchSimulation extends Simulation {
  private final Ending ending;

  FanbenchSimulation(Set<PhaseKind> kinds) {
    this(kinds, "default");
  }

  /**
   * @param workload measured unless another one is asked for
   */
  FanbenchSimulation(Set<PhaseKind> kinds, String workload) {
    ending = prepare(kinds, workload);
    SetUp setUp = setUp(ending.experiment().population());
    if (ending.gates()) {
      setUp.assertions(global().failedRequests().count().is(0L));
    }
  }

  /** Gatling calls this when the last user has gone, before it writes its own report. */
  @Override
  public void after() {
    ending.report();
  }

  private static Ending prepare(Set<PhaseKind> kinds, String workload) {
    try {
      var options = OptionsReader.read(System.getProperties(), kinds, workload);
      Progress progress = new Progress(options);
      Preflight.check(options, progress);
      LivePort live = LivePort.open(options.live(), progress);
      return Ending.of(options, new Experiment(options, progress), live);
    } catch (BadOption e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(ExitCode.BAD_CONFIGURATION.code());
      throw e;
    }
  }
}
