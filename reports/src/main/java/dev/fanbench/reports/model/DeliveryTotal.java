package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Deliveries of one run by their outcome, summed over its chat and fan-out phases, and what came of
 * its connects and requests.
 *
 * @param entry the run
 * @param expected deliveries that should have come
 * @param delivered those that came in time
 * @param missing those that did not
 * @param missedAway those that found their subscriber away in an outage
 * @param duplicates deliveries seen again
 * @param outOfOrder deliveries whose sequence went back
 * @param late deliveries after their drain deadline
 * @param unexpected stamped frames that nothing explains
 * @param asked connects and requests
 * @param answered those that were answered in time
 * @param unsent publications, connects and requests that were due and never sent, but for those of
 *     phases with an outage
 * @param balance whether the counts of every phase add up
 */
public record DeliveryTotal(
    ReportedRun entry,
    long expected,
    long delivered,
    long missing,
    long missedAway,
    long duplicates,
    long outOfOrder,
    long late,
    long unexpected,
    long asked,
    long answered,
    long unsent,
    boolean balance) {

  static DeliveryTotal of(ReportedRun entry) {
    List<DeliveryCount> all = deliveryCount(entry, true);
    List<DeliveryCount> trips = deliveryCount(entry, false);
    return new DeliveryTotal(
        entry,
        sum(all, DeliveryCount::expected),
        sum(all, DeliveryCount::delivered),
        sum(all, DeliveryCount::missing),
        sum(all, DeliveryCount::missedAway),
        sum(all, DeliveryCount::duplicates),
        sum(all, DeliveryCount::outOfOrder),
        sum(all, DeliveryCount::late),
        sum(all, DeliveryCount::unexpected),
        sum(trips, DeliveryCount::expected),
        sum(trips, DeliveryCount::delivered),
        entry.run().measured().stream().mapToLong(DeliveryTotal::unsent).sum(),
        all.stream().allMatch(DeliveryCount::balance));
  }

  private static List<DeliveryCount> deliveryCount(ReportedRun entry, boolean published) {
    return entry.run().measured().stream()
        .filter(p -> publishes(p.phase().kind()) == published)
        .map(PhaseResult::deliveryCount)
        .toList();
  }

  private static boolean publishes(PhaseKind kind) {
    return kind == PhaseKind.CHAT || kind == PhaseKind.FANOUT;
  }

  private static long unsent(PhaseResult phase) {
    boolean sends = phase.phase().kind() != PhaseKind.IDLE && !phase.phase().outage().any();
    return sends ? Math.max(0, phase.phase().count() - phase.deliveryCount().sent()) : 0;
  }

  private static long sum(List<DeliveryCount> all, ToLongFunction<DeliveryCount> field) {
    return all.stream().mapToLong(field).sum();
  }

  /** True when nothing is missing, repeated, reordered, late, unexplained, unanswered or unsent. */
  public boolean clean() {
    return allAccounted() && duplicates + outOfOrder + late == 0;
  }

  /**
   * True when each publication and request was sent, and each delivery and answer came or is known
   * to have been missed in an outage.
   */
  public boolean allAccounted() {
    return balance && missing + unexpected + unsent == 0 && answered == asked;
  }

  /** True when nothing was to be sent, so that there is nothing to say. */
  public boolean nothing() {
    return expected + asked + unsent == 0;
  }

  /** The outcome in words: all of it, or delivered of expected and every anomaly by its count. */
  public String text() {
    List<String> parts = new ArrayList<>();
    if (expected > 0) {
      parts.add(deliveries());
    } else if (asked == 0) {
      parts.add("nothing was published");
    }
    if (asked > 0 && (expected == 0 || answered < asked)) {
      parts.add(trips());
    }
    if (unsent > 0) {
      parts.add(UnitFormat.count(unsent) + " not sent");
    }
    return String.join(", ", parts);
  }

  private String trips() {
    String all = answered == asked ? "all " : UnitFormat.count(answered) + " of ";
    return all + UnitFormat.count(asked) + " connects and requests answered";
  }

  private String deliveries() {
    boolean whole = balance && missing + missedAway + unexpected == 0;
    if (whole && duplicates + outOfOrder + late == 0) {
      return "all " + UnitFormat.count(expected) + " delivered, each once and in order";
    }
    return UnitFormat.count(delivered)
        + " of "
        + UnitFormat.count(expected)
        + " delivered, "
        + UnitFormat.count(missing)
        + " missing, "
        + (missedAway == 0 ? "" : UnitFormat.count(missedAway) + " missed in an outage, ")
        + UnitFormat.count(duplicates)
        + " duplicates, "
        + UnitFormat.count(outOfOrder)
        + " out of order"
        + (late == 0 ? "" : ", " + UnitFormat.count(late) + " late")
        + (unexpected == 0 ? "" : ", " + UnitFormat.count(unexpected) + " unexplained")
        + (balance ? "" : ", and the delivery counts do not add up");
  }
}
