package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.UnitFormat;
import java.util.Optional;

/**
 * One metric, judged.
 *
 * @param metric what was compared
 * @param verdict what came out
 * @param base the first side; empty when there was nothing to read
 * @param now the second side; empty when there was nothing to read
 * @param ratio new ÷ base; empty when there is none
 * @param why one clause for what could not be judged, otherwise empty
 */
public record Change(
    Metric metric,
    Verdict verdict,
    Optional<Estimate> base,
    Optional<Estimate> now,
    Optional<RatioInterval> ratio,
    String why) {

  static Change unjudged(Metric metric, Verdict verdict, String why) {
    return new Change(metric, verdict, Optional.empty(), Optional.empty(), Optional.empty(), why);
  }

  /**
   * Judges two sides with enough runs each.
   *
   * @param baseShare the part of the base's value that is surely not the load's, 0 to 1
   * @param nowShare that of the new side's
   */
  static Change of(
      Metric metric,
      Estimate base,
      Estimate now,
      double baseShare,
      double nowShare,
      ChangeRule rule) {
    RatioInterval ratio = RatioInterval.of(base, now);
    return of(
        metric,
        base,
        now,
        Double.isFinite(ratio.high())
            ? Optional.of(ratio.spanning(ratio.low() * nowShare, ratio.high() / baseShare))
            : Optional.empty(),
        rule);
  }

  /**
   * Judges two sides by their ratio.
   *
   * @param ratio empty when too much was not delivered for one
   */
  static Change of(
      Metric metric, Estimate base, Estimate now, Optional<RatioInterval> ratio, ChangeRule rule) {
    return new Change(
        metric,
        verdict(base, now, ratio, rule),
        Optional.of(base),
        Optional.of(now),
        ratio,
        ratio.isPresent() ? "" : "deliveries are missing");
  }

  private static Verdict verdict(
      Estimate base, Estimate now, Optional<RatioInterval> ratio, ChangeRule rule) {
    boolean baseArrived = Double.isFinite(base.value());
    boolean nowArrived = Double.isFinite(now.value());
    if (baseArrived != nowArrived) {
      return baseArrived ? Verdict.SLOWER : Verdict.FASTER;
    }
    return ratio.map(rule::verdict).orElse(Verdict.NOT_COMPARABLE);
  }

  /** The same without a verdict that the new side's faults make worthless. Slower stays slower. */
  Change doubted(String reason) {
    return switch (verdict) {
      case FASTER, NO_CHANGE, UNDECIDED ->
          new Change(metric, Verdict.NOT_COMPARABLE, base, now, ratio, reason);
      case SLOWER, LESS_CORRECT, MORE_CORRECT, NOT_COMPARABLE, TOO_FEW_RUNS -> this;
    };
  }

  /** A side's value: a time, {@code not delivered}, or a dash. */
  public static String text(Optional<Estimate> side) {
    return side.map(
            estimate ->
                Double.isFinite(estimate.value())
                    ? UnitFormat.time(estimate.value())
                    : "not delivered")
        .orElse("–");
  }

  /** A side's value with half of its own interval, such as {@code 1.72 ms ± 3 %}. */
  public String textWithReach(Optional<Estimate> side) {
    return text(side)
        + reachShare(side)
            .map(share -> " ± " + UnitFormat.percent(share < 0.01 ? share : rounded(share)))
            .orElse("");
  }

  /** Half of a side's own interval as a share of its value, with the ratio's confidence. */
  public Optional<Double> reachShare(Optional<Estimate> side) {
    double confidence = ratio.map(RatioInterval::confidence).orElse(RatioInterval.CONFIDENCE);
    return side.flatMap(estimate -> estimate.reachShare(confidence));
  }

  private static double rounded(double share) {
    return Math.rint(share * 100) / 100;
  }

  /** The verdict in one sentence, without its end. */
  public String sentence() {
    String what = metric.expression() + ": ";
    if (!verdict.hasRatio()) {
      return what + verdict.words() + ", " + why;
    }
    String values = text(base) + " → " + text(now);
    return what + verdict.words() + ", " + values + ratio.map(r -> ", " + told(r)).orElse("");
  }

  private String told(RatioInterval interval) {
    String text = interval.text() + " with " + interval.confidenceText() + " confidence";
    return verdict == Verdict.UNDECIDED && interval.high() > 1 && Double.isFinite(interval.high())
        ? text + "; " + UnitFormat.percent(interval.high() - 1) + " slower cannot be excluded"
        : text;
  }
}
