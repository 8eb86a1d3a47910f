package dev.fanbench.gatling.fleet;

/** Learns when a stamped text was sent. Has the shape of {@code PhaseRecorder.sent}. */
@FunctionalInterface
public interface SentListener {

  /**
   * Called on the client's loop immediately before the bytes are handed over to the socket.
   *
   * @param sequence the arrival's index in its phase
   * @param sentAtNanos time on the fleet's clock
   */
  void sent(int sequence, long sentAtNanos);
}
