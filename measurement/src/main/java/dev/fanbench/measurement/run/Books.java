package dev.fanbench.measurement.run;

/**
 * Where every delivery of a phase went. {@code delivered + missing == expected}, always.
 *
 * @param sent arrivals really sent (connections tried, requests, publications)
 * @param failed arrivals whose send itself failed (refused, closed socket); they expect nothing
 * @param expected deliveries the sent arrivals should cause, by the load's own books
 * @param delivered expected deliveries seen by the drain deadline, each counted once
 * @param missing expected deliveries not seen by then
 * @param duplicates deliveries seen again
 * @param outOfOrder deliveries whose sequence went back, per subscriber and publisher
 * @param late deliveries of an earlier phase that arrived in this one
 * @param otherCopies copies that reached clients which are not subscribers (other publishers)
 * @param lostConnections sockets the target closed or lost while the load kept them open
 */
public record Books(
    long sent,
    long failed,
    long expected,
    long delivered,
    long missing,
    long duplicates,
    long outOfOrder,
    long late,
    long otherCopies,
    long lostConnections) {

  /** True when every expected delivery is accounted for. */
  public boolean balance() {
    return delivered + missing == expected;
  }
}
