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

/**
 * A target that takes connections, the clients that connect to it, and the meter of both.
 *
 * @param fleet without connections between phases
 */
record StartedTarget(Target target, Fleet fleet, PhaseMeter meter) implements AutoCloseable {

  /** Clients of a target, connected with the options of the run. */
  static StartedTarget connect(Target target, Options options, NanoClock clock) {
    Fleet fleet =
        Fleet.open(
            FleetOptions.of(target.url(), clock)
                .withLoops(loops())
                .withHeaders(options.headers())
                .withCredential(target.credential())
                .withDialect(target.dialect())
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
    var unused = target.ended().thenAccept(end::because);
    return target;
  }

  /** Event loops of the load: one on up to two cores, so that load and target can have one each. */
  static int loops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
  }

  /** Closes every connection, and the target where fanbench started it. */
  @Override
  public void close() {
    fleet.close();
    target.close();
  }
}
