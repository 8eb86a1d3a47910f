package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import java.util.Optional;

/**
 * Asks a client's pipeline to close the connection; may be fired from any thread.
 *
 * @param code what the client is told
 * @param reason what the client and {@code $disconnect} are told
 * @param hit the quota that is the reason, if one is
 */
record CloseRequest(int code, String reason, Optional<Quota> hit) {
  private static final int GOING_AWAY = 1_001;

  /** A DELETE of {@code @connections} ended the connection. */
  static final CloseRequest DELETED =
      new CloseRequest(1_000, "Connection Closed Normally", Optional.empty());

  /** The front door stops. */
  static final CloseRequest STOPPING = new CloseRequest(GOING_AWAY, "Going away", Optional.empty());

  /** The client sent a binary frame, which a WebSocket API does not take. */
  static final CloseRequest BINARY =
      new CloseRequest(1_003, "Binary is not supported", Optional.empty());

  /** The client's message is no UTF-8. */
  static final CloseRequest NOT_UTF8 = new CloseRequest(1_007, "Invalid UTF-8", Optional.empty());

  /** The client's message says that it is deflated, and is not. */
  static final CloseRequest NOT_DEFLATED =
      new CloseRequest(1_007, "Invalid deflated data", Optional.empty());

  /** The emulator failed at the client's frames. */
  static final CloseRequest FAILED =
      new CloseRequest(1_011, "Internal server error", Optional.empty());

  /** The client's frame is too long. */
  static final CloseRequest LONG_FRAME = tooLong(Quota.FRAME_BYTES);

  /** The client's message is too long. */
  static final CloseRequest LONG_MESSAGE = tooLong(Quota.MESSAGE_BYTES);

  /** The client broke the rules of the WebSocket standard. */
  static CloseRequest protocolError(int code) {
    return new CloseRequest(code, "Protocol error", Optional.empty());
  }

  /** No message came or went for too long, or it is too old. */
  static CloseRequest expired(Quota hit, String reason) {
    return new CloseRequest(GOING_AWAY, reason, Optional.of(hit));
  }

  private static CloseRequest tooLong(Quota hit) {
    return new CloseRequest(1_009, "Message too long", Optional.of(hit));
  }

  /** Whether nothing can be read after the close. */
  boolean isFailure() {
    return code != DELETED.code && code != GOING_AWAY;
  }
}
