package dev.fanbench.measurement.run;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts of the deliveries of a phase. {@code delivered + missing + missedAway == expected} always
 * holds, although loops, arrivals and sends count them separately.
 *
 * @param sent arrivals really sent (connections tried, requests, publications)
 * @param failed arrivals that could not be sent (closed socket); they expect nothing
 * @param expected deliveries the sent arrivals should cause, by the load's own member lists
 * @param delivered expected deliveries seen by the drain deadline, each counted once
 * @param missing expected deliveries not seen by then
 * @param duplicates deliveries seen again
 * @param outOfOrder deliveries whose sequence went back, per subscriber and publisher
 * @param late deliveries after their drain deadline, of this phase or an earlier one
 * @param otherCopies copies that reached clients which are not subscribers (other publishers)
 * @param otherFrames frames without a stamp
 * @param unexpected stamped frames without an explanation: wrong room, changed stamp, never sent
 * @param lostConnections sockets the target closed or lost while the load kept them open
 * @param anomalies samples that are negative or over an hour and stand in no histogram: the load's
 *     own fault
 * @param cut deliveries whose text was not as long as it was sent
 * @param refused answers by which the target declined publications
 * @param missedAway expected deliveries that did not come because their subscriber's connection was
 *     lost in an outage and it was not back yet
 * @param untried connections that the load's own system had no port or file for; they expect
 *     nothing, and runs before December 2026 count them as failed or missing
 * @param foreign deliveries, among those delivered, of what other shards published: counted and not
 *     timed
 */
@RecordBuilder
public record DeliveryCount(
    long sent,
    long failed,
    long expected,
    long delivered,
    long missing,
    long duplicates,
    long outOfOrder,
    long late,
    long otherCopies,
    long otherFrames,
    long unexpected,
    long lostConnections,
    long anomalies,
    long cut,
    long refused,
    long missedAway,
    long untried,
    long foreign)
    implements DeliveryCountBuilder.With {

  /** Of a phase in which nothing happened. */
  public static final DeliveryCount NONE = DeliveryCountBuilder.builder().build();

  /** The sum of these counts and others, column by column. */
  public DeliveryCount plus(DeliveryCount other) {
    return DeliveryCountBuilder.builder()
        .sent(sent + other.sent)
        .failed(failed + other.failed)
        .expected(expected + other.expected)
        .delivered(delivered + other.delivered)
        .missing(missing + other.missing)
        .duplicates(duplicates + other.duplicates)
        .outOfOrder(outOfOrder + other.outOfOrder)
        .late(late + other.late)
        .otherCopies(otherCopies + other.otherCopies)
        .otherFrames(otherFrames + other.otherFrames)
        .unexpected(unexpected + other.unexpected)
        .lostConnections(lostConnections + other.lostConnections)
        .anomalies(anomalies + other.anomalies)
        .cut(cut + other.cut)
        .refused(refused + other.refused)
        .missedAway(missedAway + other.missedAway)
        .untried(untried + other.untried)
        .foreign(foreign + other.foreign)
        .build();
  }

  /** Faults of the target, whatever the load's own stalls did; 0 when it is correct. */
  public long faults() {
    return missing + failed + duplicates + unexpected + lostConnections + cut;
  }

  /** The faults by their kinds, {@code 3 missing, 1 lost connections}; {@code 0} when none. */
  public String faultsText() {
    Map<String, Long> kinds = new LinkedHashMap<>();
    kinds.put("missing", missing);
    kinds.put("not sent", failed);
    kinds.put("duplicates", duplicates);
    kinds.put("unexpected", unexpected);
    kinds.put("lost connections", lostConnections);
    kinds.put("cut short", cut);
    String text =
        kinds.entrySet().stream()
            .filter(kind -> kind.getValue() > 0)
            .map(kind -> UnitFormat.count(kind.getValue()) + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "0" : text;
  }

  /** Deliveries that were timed: all but those of other shards' publications. */
  public long timed() {
    return delivered - foreign;
  }

  /** True when every expected delivery is accounted for. */
  public boolean balance() {
    return delivered + missing + missedAway == expected;
  }

  /** True when every delivery that was asked for came, and came once, over sockets that held. */
  public boolean clean() {
    return balance() && faults() + missedAway + anomalies + refused + untried == 0;
  }

  /** These counts with {@code more} late deliveries. */
  public DeliveryCount plusLate(long more) {
    return withLate(late + more);
  }
}
