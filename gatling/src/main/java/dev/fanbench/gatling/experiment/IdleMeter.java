package dev.fanbench.gatling.experiment;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Usage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Measures the CPU of a target between its turns. A target that has died is told elsewhere. */
final class IdleMeter {
  /** A shorter idle time in a phase tells more of its edges than of the target. */
  private static final long LEAST_NANOS = 500_000_000;

  private final NanoClock clock;
  private UsageMeter span;
  private long cpuNanos;
  private long wallNanos;

  IdleMeter(NanoClock clock) {
    this.clock = clock;
  }

  /** A turn of the target has ended. */
  void begin(Optional<ProcessSet> processes) {
    if (processes.isEmpty()) {
      return;
    }
    UsageMeter begun = UsageMeter.of(processes.get(), clock);
    try {
      begun.begin();
      span = begun;
    } catch (IOException gone) {
      span = null;
    }
  }

  /** Its next turn begins, or the phase ends. */
  void end() {
    if (span == null) {
      return;
    }
    try {
      Usage used = span.end(Map.of());
      cpuNanos += used.cpuNanos();
      wallNanos += used.wallNanos();
    } catch (IOException gone) {
      // Nothing to add: the process is no more.
    } finally {
      span = null;
    }
  }

  /** The share of a core that it used; empty when it was hardly ever idle. */
  Map<String, Double> counters() {
    return wallNanos < LEAST_NANOS
        ? Map.of()
        : Map.of(UsageMeter.IDLE_SHARE, (double) cpuNanos / wallNanos);
  }
}
