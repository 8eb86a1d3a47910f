package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Books;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Units;
import dev.fanbench.measurement.workload.PhaseKind;
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
 * @param balance whether every phase's books balance
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
    boolean balance) {

  static DeliveryTotal of(ReportedRun entry) {
    List<Books> all = books(entry, true);
    List<Books> trips = books(entry, false);
    return new DeliveryTotal(
        entry,
        sum(all, Books::expected),
        sum(all, Books::delivered),
        sum(all, Books::missing),
        sum(all, Books::missedAway),
        sum(all, Books::duplicates),
        sum(all, Books::outOfOrder),
        sum(all, Books::late),
        sum(all, Books::unexpected),
        sum(trips, Books::expected),
        sum(trips, Books::delivered),
        all.stream().allMatch(Books::balance));
  }

  private static List<Books> books(ReportedRun entry, boolean published) {
    return entry.run().measured().stream()
        .filter(p -> publishes(p.phase().kind()) == published)
        .map(PhaseResult::books)
        .toList();
  }

  private static boolean publishes(PhaseKind kind) {
    return kind == PhaseKind.CHAT || kind == PhaseKind.FANOUT;
  }

  private static long sum(List<Books> all, ToLongFunction<Books> field) {
    return all.stream().mapToLong(field).sum();
  }

  /** True when nothing is missing, repeated, reordered, late or unexplained. */
  public boolean clean() {
    return balance && missing + duplicates + outOfOrder + late + unexpected == 0;
  }

  private String trips() {
    String all = answered == asked ? "all " : Units.count(answered) + " of ";
    return all + Units.count(asked) + " connects and requests answered";
  }

  /** The outcome in words: all of it, or delivered of expected and every anomaly by its count. */
  public String text() {
    if (expected == 0) {
      return asked == 0 ? "nothing was published" : trips();
    }
    if (clean() && missedAway == 0) {
      return "all " + Units.count(expected) + " delivered, each once and in order";
    }
    return Units.count(delivered)
        + " of "
        + Units.count(expected)
        + " delivered, "
        + Units.count(missing)
        + " missing, "
        + (missedAway == 0 ? "" : Units.count(missedAway) + " missed in an outage, ")
        + Units.count(duplicates)
        + " duplicates, "
        + Units.count(outOfOrder)
        + " out of order"
        + (late == 0 ? "" : ", " + Units.count(late) + " late")
        + (unexpected == 0 ? "" : ", " + Units.count(unexpected) + " unexplained")
        + (balance ? "" : "; the books do not balance");
  }
}
