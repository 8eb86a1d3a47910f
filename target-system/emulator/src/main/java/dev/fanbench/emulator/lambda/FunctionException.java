package dev.fanbench.emulator.lambda;

import java.io.IOException;

/** An error that a function in a process of its own has reported, or its process has caused. */
public final class FunctionException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Lambda's type of error for a function that takes longer than its timeout. */
  private static final String TIMED_OUT = "Sandbox.Timedout";

  private final String type;
  private final byte[] payload;

  /**
   * @param type such as {@code Runtime.ExitError}
   * @param message the function's own sentence, or the one of Lambda
   * @param payload the JSON that a caller of the function gets
   */
  public FunctionException(String type, String message, byte[] payload) {
    super(message);
    this.type = type;
    this.payload = payload.clone();
  }

  /** Whether the function took longer than its timeout. */
  boolean isTimeout() {
    return type.equals(TIMED_OUT);
  }

  /** The JSON that a caller of the function gets. */
  public byte[] payload() {
    return payload.clone();
  }

  /** Type and message in one line, for the log. */
  public String sentence() {
    return type + ": " + getMessage();
  }
}
