package dev.fanbench.functions.chat;

/** A connection that the registry has no record of: it has been removed, or never was. */
public final class UnknownConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the connection. */
  public UnknownConnectionException(String connectionId) {
    super("no record of connection " + connectionId);
  }
}
