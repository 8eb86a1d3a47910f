package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.BackgroundLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Disturbances that do not make a run invalid. Each warning is three sentences: the observation,
 * the likely cause and the remedy. Each names the worst phase.
 */
final class WarningCheck {

  /** Share of the time threads wanted a core that they may wait for one. */
  static final double RUN_QUEUE_WAIT = 0.05;

  /** Share of the machine that a hypervisor may take. */
  static final double STEAL = 0.02;

  /** Share of its cores that the load may use. */
  static final double LOAD_CPU = 0.80;

  private final List<PhaseResult> phases;
  private final List<String> found = new ArrayList<>();

  private WarningCheck(List<PhaseResult> phases) {
    this.phases = phases;
  }

  static List<String> of(RecordedRun run) {
    WarningCheck warnings = new WarningCheck(run.run().measured());
    warnings.worst(
        p -> waitShare(p.target()),
        RUN_QUEUE_WAIT,
        "Threads of the target waited for a core during %s of the time they wanted one%s."
            + " Likely more threads were busy than cores are free."
            + " Stop other programs, or use a machine with more cores.");
    warnings.worst(
        p -> waitShare(p.load()),
        RUN_QUEUE_WAIT,
        "Threads of the load waited for a core during %s of the time they wanted one%s."
            + " Likely load and target compete for the same cores."
            + " Use a machine with more cores, or a lower rate.");
    warnings.worst(
        WarningCheck::stealShare,
        STEAL,
        "A hypervisor gave away %s of this machine's CPU time%s."
            + " Likely its other guests are busy."
            + " Repeat the run at another time, or on a machine of your own.");
    warnings.worst(
        p -> cpuShare(p.load()),
        LOAD_CPU,
        "The load used %s of its cores%s."
            + " Likely the load, and not the target, is near its limit."
            + " Lower the rate, or give the load more cores.");
    warnings.unmeasuredHiccups(run);
    warnings.refusals();
    return warnings.found;
  }

  private void worst(ToDoubleFunction<PhaseResult> share, double limit, String sentence) {
    PhaseResult worst = null;
    for (PhaseResult phase : phases) {
      double seen = share.applyAsDouble(phase);
      if (seen > limit && (worst == null || seen > share.applyAsDouble(worst))) {
        worst = phase;
      }
    }
    if (worst != null) {
      found.add(
          sentence.formatted(
              UnitFormat.percent(share.applyAsDouble(worst)), " in phase " + worst.phase().name()));
    }
  }

  private void unmeasuredHiccups(RecordedRun run) {
    boolean measured =
        run.measured().stream()
            .allMatch(
                p ->
                    p.series(Series.HICCUP)
                        .filter(s -> s.histogram().getTotalCount() > 0)
                        .isPresent());
    if (!measured) {
      found.add(
          "Hiccups of the load were not measured in every phase."
              + " Likely no hiccup meter ran, or a phase was shorter than its period."
              + " Do not take a long response time for the target's before they are.");
    }
  }

  private void refusals() {
    for (PhaseResult phase : phases) {
      double refused = background(phase, BackgroundLoad.REFUSED);
      if (refused > 0) {
        found.add(
            "%s background clients of phase %s could not join."
                    .formatted(UnitFormat.count(Math.round(refused)), phase.phase().name())
                + " Likely the target cannot take so many new members a second."
                + " Lower churn, or count it as the target's result.");
      }
      double unsaid = background(phase, BackgroundLoad.UNSAID);
      if (unsaid > 0) {
        found.add(
            "%s messages of rooms beside phase %s could not be sent."
                    .formatted(UnitFormat.count(Math.round(unsaid)), phase.phase().name())
                + " Likely the target closed connections, or did not read from them."
                + " Lower chatter, or count it as the target's result.");
      }
    }
  }

  private static double background(PhaseResult phase, String counter) {
    return phase.load() == null ? 0 : phase.load().counters().getOrDefault(counter, 0.0);
  }

  /** Of the time threads wanted a core, what they waited; NaN when unknown. */
  private static double waitShare(Usage usage) {
    if (usage == null || usage.runQueueWaitNanos() < 0) {
      return Double.NaN;
    }
    return (double) usage.runQueueWaitNanos() / (usage.cpuNanos() + usage.runQueueWaitNanos());
  }

  /** Of the cores it may run on, what a process used; NaN when unknown. */
  private static double cpuShare(Usage usage) {
    if (usage == null || !usage.counters().containsKey(UsageMeter.CORES)) {
      return Double.NaN;
    }
    return usage.cpuNanos() / (usage.wallNanos() * usage.counters().get(UsageMeter.CORES));
  }

  private static double stealShare(PhaseResult phase) {
    return phase.load() == null
        ? Double.NaN
        : phase.load().counters().getOrDefault(UsageMeter.STEAL_SHARE, Double.NaN);
  }
}
