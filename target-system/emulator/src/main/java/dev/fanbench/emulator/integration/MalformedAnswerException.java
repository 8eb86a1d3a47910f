package dev.fanbench.emulator.integration;

/** An integration's answer that API Gateway does not take; the message says why. */
public final class MalformedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, in a sentence for the author of the integration. */
  public MalformedAnswerException(String message) {
    super(message);
  }

  MalformedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
