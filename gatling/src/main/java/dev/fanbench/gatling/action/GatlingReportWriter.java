package dev.fanbench.gatling.action;

import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.core.CoreComponents;
import scala.Option;

/**
 * Adds rows to Gatling's own report, in its whole milliseconds, so that its page agrees with ours.
 * Thread-safe.
 */
class GatlingReportWriter {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final CoreComponents components;
  private final String scenario;

  /**
   * @param scenario its name in the report
   */
  GatlingReportWriter(CoreComponents components, String scenario) {
    this.components = components;
    this.scenario = scenario;
  }

  /** Adds a request that took {@code nanos} and ended {@code agoNanos} before now. */
  void ok(String name, long nanos, long agoNanos) {
    long end = components.clock().nowMillis() - agoNanos / NANOS_PER_MILLI;
    components
        .statsEngine()
        .logResponse(
            scenario,
            scala.collection.immutable.List$.MODULE$.<String>empty(),
            name,
            end - nanos / NANOS_PER_MILLI,
            end,
            OK$.MODULE$,
            Option.empty(),
            Option.empty());
  }

  /** Adds a failed request and its reason; Gatling's assertion on failures then does not hold. */
  void ko(String name, String why) {
    long now = components.clock().nowMillis();
    components
        .statsEngine()
        .logResponse(
            scenario,
            scala.collection.immutable.List$.MODULE$.<String>empty(),
            name,
            now,
            now,
            KO$.MODULE$,
            Option.empty(),
            Option.apply(why));
  }
}
