package dev.fanbench.gatling.fleet;

/** The result of {@link Client#send}. */
public enum SendOutcome {
  /** Handed over to the socket, or waiting until the socket takes it. */
  SENT,
  /** Not sent: the connection is closed or closing. */
  CLOSED,
  /**
   * Not sent: {@link ClientTransport#MOST_WAITING_BYTES} wait already, because the target does not
   * read.
   */
  NOT_WRITABLE
}
