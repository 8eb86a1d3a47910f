package dev.fanbench.junit;

/** The API answered a client's handshake with another status than 101. */
public final class ConnectRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  ConnectRefusedException(int status, Throwable cause) {
    super("the handshake was answered with " + status, cause);
    this.status = status;
  }

  /** The status, such as 401 or 403. */
  public int status() {
    return status;
  }
}
