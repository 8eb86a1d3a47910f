package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Judges the load of a run, phase by phase; warm-up never counts. A run is INVALID when in any
 * phase
 *
 * <ul>
 *   <li>the achieved rate is under 99 % of the offered one, or in a phase with an outage of what
 *       could be sent,
 *   <li>send delay p99 or hiccup p99 is over the larger of 1 ms and 10 % of that phase's own
 *       response p99, or
 *   <li>the delivery counts do not add up, or a sample stands in no histogram.
 * </ul>
 *
 * Missing deliveries are the target's result and make no run invalid. These p99 are taken of
 * however many samples there are, as the rule that withholds a percentile from readers would
 * otherwise excuse short phases from it.
 */
public final class ValidityCheck {

  /** Least share of the offered rate that must be achieved. */
  static final double LEAST_ACHIEVED = 0.99;

  /** Slip of the load that is always allowed. */
  static final long SLIP_FLOOR_NANOS = 1_000_000;

  /** Largest share of response time that the load's own slip may be. */
  static final double SLIP_SHARE = 0.10;

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
      List<String> ofPhase = slips(phase);
      rate(phase.result(), ofPhase);
      deliveryCount(phase, ofPhase);
      ofPhase.forEach(reason -> reasons.add("phase " + phase.phase().name() + ": " + reason));
    }
    return new Validity(reasons.isEmpty() ? Verdict.VALID : Verdict.INVALID, reasons, warnings);
  }

  /**
   * Stalls of the load that spoiled a phase which may be repeated. Such a phase kept its rate and
   * its counts are {@linkplain DeliveryCount#clean clean}, because a repeat must never hide a fault
   * of the target. Empty when the phase is good, or when a repeat would not help.
   */
  public static List<String> spoiledBy(RecordedPhase phase) {
    List<String> others = new ArrayList<>();
    rate(phase.result(), others);
    deliveryCount(phase, others);
    boolean repeatable =
        !phase.phase().warmUp() && others.isEmpty() && phase.result().deliveryCount().clean();
    return repeatable ? slips(phase) : List.of();
  }

  private static List<String> slips(RecordedPhase phase) {
    List<String> slips = new ArrayList<>();
    slip(phase, Series.SEND_DELAY, slips);
    slip(phase, Series.HICCUP, slips);
    return slips;
  }

  private static void rate(PhaseResult phase, List<String> reasons) {
    double offered = phase.phase().ratePerSecond() * sendable(phase);
    if (!(phase.achievedPerSecond() >= LEAST_ACHIEVED * offered)) {
      reasons.add(
          "achieved %s of %s offered, under %s"
              .formatted(
                  UnitFormat.rate(phase.achievedPerSecond()),
                  UnitFormat.rate(offered),
                  UnitFormat.percent(LEAST_ACHIEVED)));
    }
  }

  /**
   * The share of a phase's arrivals whose publisher had a connection to send on. Where the target
   * took it, the rest are the target's faults and not the load's. A connect that could not be tried
   * is the load's own fault, as for want of ports.
   */
  private static double sendable(PhaseResult phase) {
    if (phase.phase().kind() == PhaseKind.CONNECT) {
      return 1;
    }
    int count = phase.phase().count();
    return (double) (count - phase.deliveryCount().failed()) / count;
  }

  private static void slip(RecordedPhase phase, Series series, List<String> reasons) {
    RecordedSeries recorded = phase.series(series).orElse(null);
    if (recorded == null) {
      return;
    }
    OptionalLong response = p99(phase.series(Series.RESPONSE).orElseThrow(), false);
    long tenth = Math.round(response.orElse(0) * SLIP_SHARE);
    long limit = Math.max(SLIP_FLOOR_NANOS, tenth);
    OptionalLong slip = p99(recorded, true);
    if (slip.isPresent() && slip.getAsLong() == Long.MAX_VALUE) {
      reasons.add("send delay p99 has no end: over 1 % of the arrivals were never sent");
    } else if (slip.isPresent() && slip.getAsLong() > limit) {
      String because =
          tenth > SLIP_FLOOR_NANOS
              ? "10 % of the response time's p99 of " + UnitFormat.time(response.orElse(0))
              : "the limit of " + UnitFormat.time(SLIP_FLOOR_NANOS);
      reasons.add(
          "%s p99 of %s is over %s"
              .formatted(words(series), UnitFormat.time(slip.getAsLong()), because));
    }
  }

  private static void deliveryCount(RecordedPhase phase, List<String> reasons) {
    DeliveryCount deliveryCount = phase.result().deliveryCount();
    if (!deliveryCount.balance()) {
      reasons.add(
          "the delivery counts do not add up: %s delivered and %s missing of %s expected"
              .formatted(
                  UnitFormat.count(deliveryCount.delivered()),
                  UnitFormat.count(deliveryCount.missing() + deliveryCount.missedAway()),
                  UnitFormat.count(deliveryCount.expected())));
    }
    if (deliveryCount.anomalies() > 0) {
      reasons.add(
          UnitFormat.count(deliveryCount.anomalies())
              + " samples are negative or over an hour, so no rank is sure");
    }
    long recorded = phase.series(Series.RESPONSE).orElseThrow().histogram().getTotalCount();
    if (deliveryCount.anomalies() == 0 && recorded != deliveryCount.delivered()) {
      reasons.add(
          "%s deliveries are in the histogram and %s in the counts"
              .formatted(UnitFormat.count(recorded), UnitFormat.count(deliveryCount.delivered())));
    }
  }

  /**
   * The 99th percentile of any number of samples, empty of none; {@code Long.MAX_VALUE} is never.
   */
  private static OptionalLong p99(RecordedSeries series, boolean withUndelivered) {
    long undelivered = withUndelivered ? series.undelivered() : 0;
    return Percentile.P99.nanosAt(series.histogram(), undelivered);
  }

  private static String words(Series series) {
    return series == Series.SEND_DELAY ? "send delay" : "hiccup";
  }
}
