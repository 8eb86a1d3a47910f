package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.Options;
import java.util.Map;

/**
 * The arguments for starting a target's process, so that it can be started again.
 *
 * @param environment variables besides this process's own, for secrets
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
