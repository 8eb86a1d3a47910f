package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of an event loop of the load that could not keep up in a phase.
 *
 * <p>A loop that keeps up rests: it sleeps until a frame comes. Beside other programs a loop
 * without rest gets less than a core, and waits in the run queue for the remainder. So this wait
 * counts as busy.
 *
 * <p>On such a machine a loop that does little waits too, each time it wakes up. Its rest is longer
 * than its work, which tells it from one that cannot keep up. With 50 µs of work in a millisecond
 * beside eight busy threads on two cores, 3 % were work, 56 % wait and 41 % rest.
 *
 * <p>A busy loop is no fault while its deliveries are read in time, as a loop also spins before a
 * publication.
 */
final class LoopCheck {

  /** Largest share of the time for which one event loop may be on a core or wait for one. */
  static final double MOST_BUSY = 0.9;

  /** Deliveries wait when this share of the median response time can have passed in the load. */
  static final double WAITING_SHARE = 0.1;

  /** From this share on, the time without a core is told. */
  private static final double LEAST_TOLD = 0.005;

  private LoopCheck() {}

  /**
   * The use of one loop, in shares of the time.
   *
   * @param core on a core
   * @param waiting ready to run, without a core; 0 in runs that did not record it
   */
  private record LoopUse(double core, double waiting) {

    double busy() {
      return core + waiting;
    }

    boolean cannotKeepUp() {
      return busy() > MOST_BUSY && core > 1 - busy();
    }

    String text() {
      String used = "used " + UnitFormat.percent(core) + " of a core";
      return waiting < LEAST_TOLD
          ? used
          : used + " and waited " + UnitFormat.percent(waiting) + " of the time for one";
    }
  }

  /**
   * The reason against a phase. The busiest loop decides: a mean would hide one of four that cannot
   * keep up. One of four loops reads a quarter of the deliveries, so half of its own are the
   * slowest eighth of all.
   */
  static Optional<String> of(RecordedPhase phase, long medianNanos) {
    List<LoopUse> loops = loops(phase.result().load());
    long lagNanos =
        phase
            .series(Series.READ_LAG)
            .map(
                each -> each.histogram().getValueAtPercentile(100 - 50.0 / reading(phase.result())))
            .orElse(0L);
    return loops.stream()
        .filter(loop -> loop.cannotKeepUp() && lagNanos > WAITING_SHARE * medianNanos)
        .max(Comparator.comparingDouble(LoopUse::busy))
        .map(
            loop ->
                "an event loop of the load %s, and half of its deliveries waited up to %s for it"
                    .formatted(loop.text(), UnitFormat.time(lagNanos)));
  }

  /**
   * The loops that read this target's deliveries, at least one. The process has more when it has
   * several targets, and older runs recorded no more than all of them.
   */
  static double reading(PhaseResult result) {
    return result.load() == null
        ? 1
        : result
            .load()
            .counters()
            .getOrDefault(PhaseResult.LOOPS, Math.max(1.0, loops(result.load()).size()));
  }

  private static List<LoopUse> loops(Usage load) {
    Map<String, Double> counters = load == null ? Map.of() : load.counters();
    return counters.keySet().stream()
        .filter(name -> name.startsWith(UsageMeter.LOOP_SHARE))
        .map(name -> name.substring(UsageMeter.LOOP_SHARE.length()))
        .map(
            loop ->
                new LoopUse(
                    counters.get(UsageMeter.LOOP_SHARE + loop),
                    counters.getOrDefault(UsageMeter.LOOP_WAIT + loop, 0.0)))
        .toList();
  }
}
