package dev.fanbench.gatling.fleet;

/** The result of {@link Client#send}. */
public enum SendOutcome {
  /** Handed over to the socket. */
  SENT,
  /** Not sent: the connection is closed or closing. */
  CLOSED,
  /** Not sent: over 64 KiB wait in the socket already, because the target does not read. */
  NOT_WRITABLE
}
