package dev.fanbench.target;

/** The sentence for a user whose server cannot listen. */
public final class ListenFailure {
  private ListenFailure() {}

  /** Names the address, and what to do where another process has the port. */
  public static String sentence(String host, int port, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String why =
        message.contains("in use")
            ? "the port is in use; choose another --port, 0 for any free one"
            : message;
    return "cannot listen at %s:%d: %s".formatted(host, port, why);
  }
}
