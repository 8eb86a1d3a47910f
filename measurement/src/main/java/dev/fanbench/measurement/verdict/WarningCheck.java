package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Disturbances that do not make a run invalid. Each warning is three sentences: the observation,
 * the likely cause and the remedy. Each names the worst phase.
 *
 * <p>A disturbance is told only where it changes a figure by over 10 %. The time that the load lost
 * is in the intervals, so these tell its effect. The time that the target lost is not, so its
 * threads' waits are put beside the median time.
 */
final class WarningCheck {

  /** Share of the load's CPU, or of a median, from which its inflating is told. */
  static final double INFLATING = 0.20;

  /** Share of a core that a target may use while others are measured. */
  static final double IDLE = 0.01;

  /** Share of a median that a disturbance must explain. */
  static final double EFFECT = 0.10;

  /** Share of the time threads wanted a core that they may wait for one. */
  static final double RUN_QUEUE_WAIT = 0.05;

  /**
   * Share of the machine that a hypervisor may take. It takes slices of milliseconds, so that this
   * share of the publications meets one: from this share on, a p95 is the hypervisor's.
   */
  static final double STEAL = 0.05;

  /** Share of its cores that the load may use. */
  static final double LOAD_CPU = 0.80;

  private final List<RecordedPhase> phases;
  private final List<String> found = new ArrayList<>();

  private WarningCheck(List<RecordedPhase> phases) {
    this.phases = phases;
  }

  static List<String> of(RecordedRun run) {
    WarningCheck warnings = new WarningCheck(run.measured());
    warnings.targetWaits();
    warnings.loadWaits();
    warnings.steal();
    warnings.busyLoad();
    warnings.inflating();
    warnings.busyWhileIdle();
    warnings.unmeasuredHiccups(run);
    warnings.refusals();
    run.run().measured().forEach(phase -> warnings.found.addAll(FrameWarning.of(phase)));
    return warnings.found;
  }

  private void targetWaits() {
    worst(phase -> waitShare(phase.result().target()), RUN_QUEUE_WAIT, this::delaysArrivals)
        .ifPresent(
            phase ->
                found.add(
                    "Threads of the target waited for a core during %s of the time they wanted one in phase %s, %s for each arrival whose median time is %s. Likely more threads were busy than cores are free. Stop other programs, or use a machine with more cores."
                        .formatted(
                            UnitFormat.percent(waitShare(phase.result().target())),
                            phase.phase().name(),
                            UnitFormat.time(waitNanosForEach(phase)),
                            UnitFormat.time(medianNanos(phase)))));
  }

  private void loadWaits() {
    worst(phase -> waitShare(phase.result().load()), RUN_QUEUE_WAIT, this::widened)
        .ifPresent(
            phase ->
                found.add(
                    "Threads of the load waited for a core during %s of the time they wanted one in phase %s, and the load may have added %s to its median time. Likely load and target compete for the same cores. Use a machine with more cores, or a lower rate."
                        .formatted(
                            UnitFormat.percent(waitShare(phase.result().load())),
                            phase.phase().name(),
                            UnitFormat.percent(loadShare(phase)))));
  }

  private void steal() {
    worst(WarningCheck::stealShare, STEAL, phase -> true)
        .ifPresent(
            phase ->
                found.add(
                    "A hypervisor gave away %s of this machine's CPU time in phase %s. Likely its other guests are busy. Repeat the run at another time, or on a machine of your own."
                        .formatted(UnitFormat.percent(stealShare(phase)), phase.phase().name())));
  }

  private void busyLoad() {
    worst(phase -> cpuShare(phase.result().load()), LOAD_CPU, this::widened)
        .ifPresent(
            phase ->
                found.add(
                    "The load used %s of its cores in phase %s, and may have added %s to its median time. Likely the load, and not the target, is near its limit. Lower the rate, or give the load more cores."
                        .formatted(
                            UnitFormat.percent(cpuShare(phase.result().load())),
                            phase.phase().name(),
                            UnitFormat.percent(loadShare(phase)))));
  }

  private void busyWhileIdle() {
    worst(WarningCheck::idleShare, IDLE, phase -> true)
        .ifPresent(
            phase ->
                found.add(
                    "The target used %s of a core in phase %s while other targets had their turn. Likely these are timers or collectors of its own. Measure it alone, with floor=off, to keep it out of their figures."
                        .formatted(UnitFormat.percent(idleShare(phase)), phase.phase().name())));
  }

  private static double idleShare(RecordedPhase phase) {
    Usage target = phase.result().target();
    return target == null ? 0 : target.counters().getOrDefault(UsageMeter.IDLE_SHARE, 0.0);
  }

  private void inflating() {
    worst(
            phase -> Math.max(inflatingOfCpu(phase), inflatingOfMedian(phase)),
            INFLATING,
            phase -> true)
        .ifPresent(
            phase ->
                found.add(
                    "%s of each delivery in phase %s are the load's inflating: %s of its CPU, and up to %s of the median time. Likely messages are many or long. Take the target's own time from a run with deflate=off."
                        .formatted(
                            UnitFormat.time(Math.round(ofLoad(phase, UsageMeter.INFLATE_NANOS))),
                            phase.phase().name(),
                            UnitFormat.percent(inflatingOfCpu(phase)),
                            UnitFormat.percent(inflatingOfMedian(phase)))));
  }

  private static double inflatingOfCpu(RecordedPhase phase) {
    double nanos = ofLoad(phase, UsageMeter.INFLATE_NANOS) * ofLoad(phase, UsageMeter.INFLATED);
    return nanos == 0 ? 0 : Math.min(1, nanos / phase.result().load().cpuNanos());
  }

  /** The members that one loop reads are inflated one after the other. */
  private static double inflatingOfMedian(RecordedPhase phase) {
    double oneNanos = ofLoad(phase, UsageMeter.INFLATE_NANOS);
    long medianNanos = medianNanos(phase);
    if (oneNanos == 0 || medianNanos == 0) {
      return 0;
    }
    double loops = readingLoops(phase.result());
    double inTurn = Math.max(1, phase.phase().fanOut()) / loops;
    return Math.min(1, oneNanos * Math.max(1, inTurn) / medianNanos);
  }

  /** One that is half as busy as another at most is taken for no reader. */
  private static double readingLoops(PhaseResult result) {
    double[] shares =
        result.load().counters().entrySet().stream()
            .filter(counter -> counter.getKey().startsWith(UsageMeter.LOOP_SHARE))
            .mapToDouble(Map.Entry::getValue)
            .toArray();
    double busiest = Arrays.stream(shares).max().orElse(0);
    long busy = Arrays.stream(shares).filter(share -> share > busiest / 2).count();
    return Math.min(LoopCheck.reading(result), Math.max(1, (double) busy));
  }

  private static double ofLoad(RecordedPhase phase, String counter) {
    Usage load = phase.result().load();
    return load == null ? 0 : load.counters().getOrDefault(counter, 0.0);
  }

  private Optional<RecordedPhase> worst(
      ToDoubleFunction<RecordedPhase> share,
      double limit,
      Predicate<RecordedPhase> changesAFigure) {
    return phases.stream()
        .filter(phase -> share.applyAsDouble(phase) > limit)
        .filter(changesAFigure)
        .max(Comparator.comparingDouble(share));
  }

  private boolean widened(RecordedPhase phase) {
    return loadShare(phase) > EFFECT;
  }

  private boolean delaysArrivals(RecordedPhase phase) {
    return phase.phase().kind() != PhaseKind.IDLE
        && waitNanosForEach(phase) > EFFECT * medianNanos(phase);
  }

  private static long waitNanosForEach(RecordedPhase phase) {
    long waited = phase.result().target().runQueueWaitNanos();
    return waited / Math.max(1, phase.result().deliveryCount().sent());
  }

  /** Of times to last delivery in a fan-out, and of response times otherwise. */
  private static RecordedSeries headline(RecordedPhase phase) {
    return phase.series(Series.LAST_DELIVERY).or(() -> phase.series(Series.RESPONSE)).orElseThrow();
  }

  private static long medianNanos(RecordedPhase phase) {
    return Percentile.P50.nanosAt(headline(phase).histogram(), 0).orElse(0);
  }

  private static double loadShare(RecordedPhase phase) {
    return headline(phase).loadShare(Percentile.P50);
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
    for (RecordedPhase recorded : phases) {
      PhaseResult phase = recorded.result();
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

  private static double stealShare(RecordedPhase phase) {
    Usage load = phase.result().load();
    return load == null
        ? Double.NaN
        : load.counters().getOrDefault(UsageMeter.STEAL_SHARE, Double.NaN);
  }
}
