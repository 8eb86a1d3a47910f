package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;

/**
 * A target that takes connections, the clients that connect to it, and the meter of both.
 *
 * @param fleet without connections between phases
 */
record StartedTarget(Target target, Fleet fleet, PhaseMeter meter) implements AutoCloseable {

  /** One loop reads this many subscribers: a room of 1,000 takes some 4 ms. */
  private static final int SUBSCRIBERS_OF_A_LOOP = 1_000;

  /** Clients of a target, connected with the options of the run, on so many event loops. */
  static StartedTarget connect(Target target, Options options, int loops, NanoClock clock) {
    Fleet fleet =
        Fleet.open(
            FleetOptions.of(target.url(), clock)
                .withTargets(target.urls())
                .withLoops(loops)
                .withHeaders(options.headers())
                .withIdentities(options.identities())
                .withSources(options.sources())
                .withCredential(target.credential())
                .withDialect(target.dialect())
                .withReplyTimeout(target.dialect().timeout())
                .withTrust(options.trust())
                .withDeflate(options.get(OptionCatalog.DEFLATE)));
    return new StartedTarget(target, fleet, new PhaseMeter(target, clock));
  }

  /**
   * Starts a target, or finds a remote one.
   *
   * @param end told when the target dies
   */
  static Target launch(TargetChoice choice, Options options, Pinning pinning, EarlyEnd end)
      throws TargetFailure, InterruptedException {
    Target target = Target.start(choice, options, pinning);
    var unused = target.ended().thenAccept(reason -> end.because(choice.label(), reason));
    return target;
  }

  /** Event loops of the load: one for each 1,000 subscribers, and no more than it has cores. */
  static int loops(Workload workload, Pinning pinning) {
    int cores =
        pinning.loadCores().isEmpty()
            ? Runtime.getRuntime().availableProcessors()
            : pinning.loadCores().size();
    int most = workload.phases().stream().mapToInt(Phase::subscribers).max().orElse(0);
    int wanted = (most + SUBSCRIBERS_OF_A_LOOP - 1) / SUBSCRIBERS_OF_A_LOOP;
    return Math.max(1, Math.min(cores, wanted));
  }

  /** Closes every connection, and the target where fanbench started it. */
  @Override
  public void close() {
    fleet.close();
    target.close();
  }
}
