package dev.fanbench.measurement.run;

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
 * @param missedAway expected deliveries that did not come because their subscriber's connection was
 *     lost in an outage and it was not back yet
 */
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
    long missedAway) {

  /** Of a phase in which nothing happened. */
  public static final DeliveryCount NONE =
      new DeliveryCount(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The sum of these counts and others, column by column. */
  public DeliveryCount plus(DeliveryCount other) {
    return new DeliveryCount(
        sent + other.sent,
        failed + other.failed,
        expected + other.expected,
        delivered + other.delivered,
        missing + other.missing,
        duplicates + other.duplicates,
        outOfOrder + other.outOfOrder,
        late + other.late,
        otherCopies + other.otherCopies,
        otherFrames + other.otherFrames,
        unexpected + other.unexpected,
        lostConnections + other.lostConnections,
        anomalies + other.anomalies,
        missedAway + other.missedAway);
  }

  /** True when every expected delivery is accounted for. */
  public boolean balance() {
    return delivered + missing + missedAway == expected;
  }

  /** True when every delivery that was asked for came, and came once, over sockets that held. */
  public boolean clean() {
    return balance()
        && missing + missedAway + failed + duplicates + unexpected + lostConnections + anomalies
            == 0;
  }

  /** These counts with {@code more} late deliveries. */
  public DeliveryCount withLate(long more) {
    return new DeliveryCount(
        sent,
        failed,
        expected,
        delivered,
        missing,
        duplicates,
        outOfOrder,
        late + more,
        otherCopies,
        otherFrames,
        unexpected,
        lostConnections,
        anomalies,
        missedAway);
  }
}
