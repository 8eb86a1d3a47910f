package dev.fanbench.emulator.gateway;

/**
 * Asks a client's pipeline to close the connection; may be fired from any thread.
 *
 * @param code what the client is told
 * @param reason what the client is told, may be empty
 * @param eventReason what {@code $disconnect} is told, beside the same code
 */
record CloseRequest(int code, String reason, String eventReason) {
  /** Somebody deleted the connection. */
  static final CloseRequest DELETED =
      new CloseRequest(1_000, "Connection Closed Normally", "Connection Closed Normally");

  /** Idle for too long, or too old, or the front door stops. */
  static final CloseRequest GOING_AWAY = new CloseRequest(1_001, "Going away", "Going away");

  /** The client sent a binary frame, which a WebSocket API does not take. */
  static final CloseRequest BINARY =
      new CloseRequest(1_003, "Binary is not supported", "Binary is not supported");

  /** The client's message is no UTF-8. */
  static final CloseRequest NOT_UTF8 = new CloseRequest(1_007, "Invalid UTF-8", "Invalid UTF-8");

  /** The client's frame or message is too long. */
  static final CloseRequest TOO_LONG =
      new CloseRequest(1_009, "Message too long", "Message too long");

  /** The client broke the rules of the WebSocket standard. */
  static CloseRequest protocolError(int code) {
    return new CloseRequest(code, "Protocol error", "Protocol error");
  }

  /** Whether the client is to blame. */
  boolean isFailure() {
    return code != DELETED.code && code != GOING_AWAY.code;
  }
}
