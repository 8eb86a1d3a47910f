package dev.fanbench.measurement.run;

/**
 * One row of {@code publications.csv}: a connect, a round trip or a publication. Times are
 * nanoseconds since the run's epoch, or {@link #NEVER}.
 *
 * @param n index in its phase, from 0
 * @param intendedAtNanos when the schedule said to send
 * @param sentAtNanos when it was sent
 * @param firstAtNanos its first delivery
 * @param lastAtNanos its last delivery seen; with any missing there is no time to last delivery
 * @param delivered deliveries seen by the drain deadline
 * @param missing deliveries not seen by then
 * @param lagNanos the longest that the last delivery can have waited in the load before it was
 *     read; {@link #NEVER} when unknown
 */
public record Arrival(
    int n,
    long intendedAtNanos,
    long sentAtNanos,
    long firstAtNanos,
    long lastAtNanos,
    int delivered,
    int missing,
    long lagNanos) {

  /** A time that never came; an empty field in the file. */
  public static final long NEVER = Long.MIN_VALUE;

  /** An arrival of a load that did not record its read lag. */
  public Arrival(
      int n,
      long intendedAtNanos,
      long sentAtNanos,
      long firstAtNanos,
      long lastAtNanos,
      int delivered,
      int missing) {
    this(n, intendedAtNanos, sentAtNanos, firstAtNanos, lastAtNanos, delivered, missing, NEVER);
  }

  /** The same one on a clock whose epoch was this much earlier. */
  public Arrival later(long nanos) {
    return new Arrival(
        n,
        later(intendedAtNanos, nanos),
        later(sentAtNanos, nanos),
        later(firstAtNanos, nanos),
        later(lastAtNanos, nanos),
        delivered,
        missing,
        lagNanos);
  }

  /** The same one at another place in its phase. */
  public Arrival numbered(int place) {
    return new Arrival(
        place,
        intendedAtNanos,
        sentAtNanos,
        firstAtNanos,
        lastAtNanos,
        delivered,
        missing,
        lagNanos);
  }

  private static long later(long atNanos, long nanos) {
    return atNanos == NEVER ? NEVER : atNanos + nanos;
  }
}
