package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the load of a run, phase by phase; warm-up never counts. A stall of the load makes no run
 * INVALID, since it only widens the intervals of the figures. A run is INVALID when in any phase
 *
 * <ul>
 *   <li>the load fell behind or left arrivals out, so that it achieved under 99 % of the offered
 *       rate, or of the part that the target let it send,
 *   <li>the load's own system had no port or file for a connection,
 *   <li>an event loop of the load rested for less than 10 % of the time, while deliveries waited
 *       for it, or
 *   <li>the delivery counts do not add up, or a sample stands in no histogram.
 * </ul>
 *
 * Missing deliveries are the target's result and make no run invalid.
 */
public final class ValidityCheck {

  /** Least share of the offered rate that must be achieved. */
  static final double LEAST_ACHIEVED = 0.99;

  private ValidityCheck() {}

  /** The verdict on a run whose phases have all ended. */
  public static Validity of(RecordedRun run) {
    List<String> warnings = WarningCheck.of(run);
    int planned = run.run().workload().phases().size();
    long ended = run.phases().stream().filter(p -> p.result().spoiled().isEmpty()).count();
    if (ended < planned) {
      String reason = ended + " of " + planned + " phases were run";
      return new Validity(Verdict.FAILED, List.of(reason), warnings);
    }
    List<String> reasons = new ArrayList<>();
    for (RecordedPhase phase : run.measured()) {
      List<String> ofPhase = new ArrayList<>();
      untried(phase.result(), ofPhase);
      rate(phase, ofPhase);
      LoopCheck.of(phase, median(phase, Series.RESPONSE)).ifPresent(ofPhase::add);
      deliveryCount(phase, ofPhase);
      ofPhase.forEach(reason -> reasons.add("phase " + phase.phase().name() + ": " + reason));
    }
    return new Validity(reasons.isEmpty() ? Verdict.VALID : Verdict.INVALID, reasons, warnings);
  }

  private static void untried(PhaseResult phase, List<String> reasons) {
    long untried = phase.deliveryCount().untried();
    if (untried > 0) {
      reasons.add(
          "the load had no free port or file for %s connections; offer fewer, or raise ulimit -n"
              .formatted(UnitFormat.count(untried)));
    }
  }

  private static void rate(RecordedPhase recorded, List<String> reasons) {
    PhaseResult phase = recorded.result();
    double offered = phase.phase().ratePerSecond() * sendable(phase);
    boolean reached = phase.achievedPerSecond() >= LEAST_ACHIEVED * offered;
    if (!reached && (fellBehind(recorded) || leftOut(phase))) {
      reasons.add(
          "achieved %s of %s offered, under %s"
              .formatted(
                  UnitFormat.rate(phase.achievedPerSecond()),
                  UnitFormat.rate(offered),
                  UnitFormat.percent(LEAST_ACHIEVED)));
    }
  }

  /**
   * A load that is too slow sends later and later; one that stalled once sends most in time. So the
   * median delay of one that achieves 99 % is half a percent of a block. A load that sends each
   * arrival before the next is due keeps the rate, and intervals hold its delay.
   */
  private static boolean fellBehind(RecordedPhase phase) {
    double periodNanos = 1e9 / phase.phase().ratePerSecond();
    double blockNanos = phase.phase().blockSize() * periodNanos;
    long delayNanos = median(phase, Series.SEND_DELAY);
    return delayNanos > (1 - LEAST_ACHIEVED) / 2 * blockNanos && delayNanos > periodNanos;
  }

  private static boolean leftOut(PhaseResult phase) {
    double sendable = phase.phase().count() * sendable(phase);
    return phase.deliveryCount().sent() < LEAST_ACHIEVED * sendable;
  }

  /**
   * The share of a phase's arrivals that neither the target nor the system of the load prevented.
   * Arrivals that failed because the target closed the publisher's connection are its faults.
   * Connections that could not be tried are a reason of their own.
   */
  private static double sendable(PhaseResult phase) {
    int count = phase.phase().count();
    DeliveryCount deliveryCount = phase.deliveryCount();
    return (double) (count - deliveryCount.failed() - deliveryCount.untried()) / count;
  }

  private static long median(RecordedPhase phase, Series series) {
    return phase
        .series(series)
        .map(each -> Percentile.P50.nanosAt(each.histogram(), 0).orElse(0))
        .orElse(0L);
  }

  /** The reason against a phase whose counts do not balance. */
  public static String imbalance(PhaseResult phase) {
    DeliveryCount deliveryCount = phase.deliveryCount();
    return "the delivery counts do not add up: %s delivered and %s missing of %s expected"
        .formatted(
            UnitFormat.count(deliveryCount.delivered()),
            UnitFormat.count(deliveryCount.missing() + deliveryCount.missedAway()),
            UnitFormat.count(deliveryCount.expected()));
  }

  private static void deliveryCount(RecordedPhase phase, List<String> reasons) {
    DeliveryCount deliveryCount = phase.result().deliveryCount();
    if (!deliveryCount.balance()) {
      reasons.add(imbalance(phase.result()));
    }
    if (deliveryCount.anomalies() > 0) {
      reasons.add(
          UnitFormat.count(deliveryCount.anomalies())
              + " samples are negative or over an hour, so no rank is sure");
    }
    long recorded = phase.series(Series.RESPONSE).orElseThrow().histogram().getTotalCount();
    if (deliveryCount.anomalies() == 0 && recorded != deliveryCount.timed()) {
      reasons.add(
          "%s deliveries are in the histogram and %s in the counts"
              .formatted(UnitFormat.count(recorded), UnitFormat.count(deliveryCount.timed())));
    }
  }
}
