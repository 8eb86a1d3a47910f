package dev.fanbench.gatling;

import dev.fanbench.gatling.action.GatlingUserPool;
import dev.fanbench.gatling.experiment.Experiment;
import dev.fanbench.gatling.experiment.Progress;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.DuetReader;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.host.OpenFileCount;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Makes an experiment from options, and the users of Gatling that run it. */
final class ExperimentSetup {
  private ExperimentSetup() {}

  /**
   * Reads the options, checks the machine and makes the experiment.
   *
   * @throws BadOption with a sentence for the user
   */
  static ExitReport prepare(Properties properties, Set<PhaseKind> kinds, String workload) {
    List<Options> sides = DuetReader.read(properties, kinds, workload);
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
  }

  /**
   * Users that let the experiment begin when all have come, and go when it is over.
   *
   * @param scenario their name in Gatling's report
   * @param over called before they go
   */
  static GatlingUserPool users(String scenario, Experiment experiment, Runnable over) {
    return new GatlingUserPool(
        scenario,
        users -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      experiment.run(users);
                      over.run();
                    } finally {
                      users.leave(experiment.end().reason());
                    }
                  },
                  "run-experiment");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
