package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures CPU, memory and counters of target and load during a block. For one thread. */
final class PhaseMeter {
  private static final double QUIET_SHARE_OF_A_CORE = 0.1;
  private static final long QUIET_SAMPLE_MILLIS = 30;
  private static final int MOST_QUIET_SAMPLES = 1_000;
  private static final int MOST_SETTLING_SAMPLES = 10;
  private static final long MOST_DEATH_SECONDS = 5;

  private final Target target;
  private final NanoClock clock;
  private final UsageMeter load;
  private UsageMeter process;
  private Optional<ProcessSet> processes = Optional.empty();
  private Map<String, Double> before = Map.of();

  /**
   * The usage of both.
   *
   * @param target null when it is remote, or was another process at the first edge
   */
  record Reading(Usage target, Usage load) {}

  PhaseMeter(Target target, NanoClock clock) {
    this.target = target;
    this.clock = clock;
    this.load = UsageMeter.ofThisProcess(clock);
  }

  /** The first edge of a block. */
  void begin() throws TargetFailure, IOException, InterruptedException {
    before = target.counters();
    processes = target.metered();
    if (processes.isPresent()) {
      process = UsageMeter.of(processes.get(), clock);
      begin(process);
    }
    load.begin();
  }

  /** The second edge. */
  Reading end() throws TargetFailure, IOException, InterruptedException {
    Usage loadUsage = load.end(Map.of());
    boolean same = processes.isPresent() && processes.equals(target.metered());
    Usage targetUsage = same ? end(process, counters()) : null;
    return new Reading(targetUsage, loadUsage);
  }

  /**
   * Both edges, with this time between them.
   *
   * @return usage of the target with its counters; null when it is not known
   */
  Usage observe(long millis) throws TargetFailure, IOException, InterruptedException {
    begin();
    Thread.sleep(millis);
    return end().target();
  }

  /**
   * Waits until a launched target has handled the rest of the phase, such as a thousand
   * disconnects. So the next phase begins in quiet. The wait is half a minute at most.
   */
  void awaitQuiet() throws TargetFailure, IOException, InterruptedException {
    awaitQuiet(MOST_QUIET_SAMPLES);
  }

  /**
   * The same, for a third of a second at most. At the end of a block every target waits, and before
   * a warm-up compilers are busy all the time.
   */
  void settle() throws TargetFailure, IOException, InterruptedException {
    awaitQuiet(MOST_SETTLING_SAMPLES);
  }

  private void awaitQuiet(int samples) throws TargetFailure, IOException, InterruptedException {
    if (target.metered().isEmpty()) {
      return;
    }
    for (int sample = 0; sample < samples; sample++) {
      UsageMeter span = UsageMeter.of(target.metered().orElseThrow(), clock);
      begin(span);
      Thread.sleep(QUIET_SAMPLE_MILLIS);
      Usage used = end(span, Map.of());
      if (used.cpuNanos() < QUIET_SHARE_OF_A_CORE * used.wallNanos()) {
        return;
      }
    }
  }

  private void begin(UsageMeter meter) throws TargetFailure, IOException, InterruptedException {
    try {
      meter.begin();
    } catch (IOException gone) {
      throw died(gone);
    }
  }

  private Usage end(UsageMeter meter, Map<String, Double> counters)
      throws TargetFailure, IOException, InterruptedException {
    try {
      return meter.end(counters);
    } catch (IOException gone) {
      throw died(gone);
    }
  }

  /** A process that is gone has died, which its target tells in a moment. */
  private TargetFailure died(IOException gone) throws IOException, InterruptedException {
    if (target.pid().isEmpty()) {
      return new TargetFailure(
          "%s has ended: %s.".formatted(target.description().label(), gone.getMessage()));
    }
    try {
      return new TargetFailure(target.ended().get(MOST_DEATH_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException untold) {
      throw gone;
    }
  }

  private Map<String, Double> counters() {
    return between(before, target.counters());
  }

  /**
   * The growth of totals, and gauges as they are at the end. Totals are left out when the first
   * edge could not be read: their whole value is not the phase's.
   */
  static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> counters = new HashMap<>();
    after.forEach(
        (name, value) -> {
          if (TargetCounter.isGauge(name)) {
            counters.put(name, value);
          } else if (!before.isEmpty()) {
            counters.put(name, value - before.getOrDefault(name, 0.0));
          }
        });
    return counters;
  }
}
