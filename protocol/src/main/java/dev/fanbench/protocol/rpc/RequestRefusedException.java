package dev.fanbench.protocol.rpc;

/**
 * A request was answered with the error frame, since its handler failed; or it is to be, when a
 * handler throws this.
 */
public final class RequestRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal. The requester receives the message in an error frame. */
  public RequestRefusedException(String message) {
    super(message);
  }
}
