package dev.fanbench.measurement.workload;

/** The kind of action that one arrival of a phase is. */
public enum PhaseKind {
  /**
   * A moment of silence: {@link Phase#subscribers()} connections are open and the load sends
   * nothing. No delivery is expected.
   */
  IDLE,
  /** A new connection: TCP connect to {@code 101 Switching Protocols}. */
  CONNECT,
  /** A round trip without state: an {@code rpc} request and its answer to the same client. */
  ECHO,
  /** A round trip through the room: a publication with exactly one subscriber. */
  CHAT,
  /** A publication to a room of {@link Phase#subscribers()} subscribers. */
  FANOUT
}
