package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.global;

import dev.fanbench.gatling.action.GatlingUserPool;
import dev.fanbench.gatling.experiment.Experiment;
import dev.fanbench.gatling.experiment.Progress;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.DuetReader;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.host.OpenFileCount;
import dev.fanbench.measurement.workload.PhaseKind;
import io.gatling.javaapi.core.Simulation;
import java.util.List;
import java.util.Set;

/**
 * The base of all simulations: reads the options, checks the machine, runs the experiment, reports
 * and says why it failed.
 */
abstract class FanbenchSimulation extends Simulation {
  private final ExitReport ending;

  FanbenchSimulation(Set<PhaseKind> kinds) {
    this(kinds, "default");
  }

  /**
   * @param workload measured unless the options name another one
   */
  FanbenchSimulation(Set<PhaseKind> kinds, String workload) {
    ending = prepare(kinds, workload);
    SetUp setUp = setUp(users(ending.experiment()).population());
    if (ending.failsOnEachFault()) {
      setUp.assertions(global().failedRequests().count().is(0L));
    }
  }

  /** Users that let the experiment begin when all have come, and go when it is over. */
  private static GatlingUserPool users(Experiment experiment) {
    return new GatlingUserPool(
        users -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      experiment.run(users);
                    } finally {
                      users.leave(experiment.end().reason());
                    }
                  },
                  "run-experiment");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Gatling calls this when the last user has gone, before it writes its own report. */
  @Override
  public void after() {
    ending.report();
  }

  private static ExitReport prepare(Set<PhaseKind> kinds, String workload) {
    try {
      List<Options> sides = DuetReader.read(System.getProperties(), kinds, workload);
      Options options = sides.get(0);
      Progress progress = new Progress(sides);
      for (Options side : sides) {
        Preflight.check(side, progress);
      }
      LivePort live = LivePort.open(options.get(OptionCatalog.LIVE), progress);
      int together =
          PlannedLoad.of(options.workload(), options.dialect())
              .together(OpenFileCount.roomInThisProcess());
      if (together < sides.size()) {
        throw new BadOption(
            "The two targets of a duet do not fit: this process may open too few sockets.");
      }
      return ExitReport.of(options, Experiment.of(sides, progress, together), live);
    } catch (BadOption e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(ExitCode.BAD_CONFIGURATION.code());
      throw e;
    }
  }
}
