package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.Options;
import java.util.Map;

/**
 * All that a target's process is started from, so that it can be started twice.
 *
 * @param environment variables it has besides this process's own, for what nobody should see
 */
record Launch(LaunchPlan plan, Options options, Pinning pinning, Map<String, String> environment) {

  /** Starts the process; does not wait for it to be ready. */
  TargetProcess at(int port) throws TargetFailure {
    return TargetProcess.start(this, port);
  }

  /** The same on the target's own cores from its start, as the load is measured meanwhile. */
  Launch confined() {
    return new Launch(plan, options, pinning.fromTheStart(), environment);
  }
}
