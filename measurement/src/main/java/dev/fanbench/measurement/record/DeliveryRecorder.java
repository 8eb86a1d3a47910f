package dev.fanbench.measurement.record;

/**
 * Takes the reports of one event loop of the load on the frames that reached its clients.
 *
 * <p>Single writer: all calls to one instance come from the event loop it was made for. No call
 * allocates, locks or waits, and none throws for anything a target may send. Times are nanoseconds
 * since the run's epoch.
 */
public interface DeliveryRecorder {

  /**
   * A stamped frame reached a subscriber (or, in connect and echo phases, the client that asked).
   *
   * @param subscriber index of the subscriber in its phase, from 0; always reported by the same
   *     event loop. Ignored in connect and echo phases
   * @param publisher from the stamp
   * @param sequence from the stamp: the arrival's index in its phase
   * @param intendedAtNanos from the stamp
   * @param nowNanos when the frame was read
   * @param readLagNanos the longest that the frame can have waited in the load before it was read
   */
  void delivered(
      int subscriber,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos);

  /** The same for a frame that was read as soon as it came. */
  default void delivered(
      int subscriber, int publisher, int sequence, long intendedAtNanos, long nowNanos) {
    delivered(subscriber, publisher, sequence, intendedAtNanos, nowNanos, 0);
  }

  /**
   * A stamped frame reached a client that is no subscriber, such as another publisher. A copy that
   * comes back to a subscriber that published it is reported as delivered, and told apart there.
   */
  void otherCopy();

  /** A frame without a stamp, such as the answer to a command. */
  void other();

  /** A delivery whose text is not as long as it was sent; it is reported as delivered too. */
  void cut();

  /** An answer by which the target declines a publication. */
  void refused(long atNanos);
}
