package dev.fanbench.protocol.rpc;

/** The connection ended before the answer came. */
public final class ConnectionClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /** An end with the close code {@code code}; 1006 if there was none. */
  public ConnectionClosedException(int code) {
    super("the connection was closed with " + code);
    this.code = code;
  }

  /** The WebSocket close code. */
  public int code() {
    return code;
  }
}
