package dev.fanbench.gatling.fleet;

/**
 * Receives whole messages and control frames from a {@link FrameDecoder}. The bytes belong to the
 * decoder and are only good until the method returns.
 */
interface FrameSink {

  /** A whole message, text or binary; the UTF-8 of a text is not checked. */
  void message(byte[] bytes, int offset, int length);

  /** A ping with its application bytes, at most 125. */
  void ping(byte[] bytes, int offset, int length);

  /** A pong with its application bytes, at most 125. */
  void pong(byte[] bytes, int offset, int length);

  /**
   * A close frame; nothing is decoded after it.
   *
   * @param code the close code, or 1005 when the frame held none
   * @param reason the text after it, for a reader; may be empty
   */
  void close(int code, String reason);

  /**
   * The server broke RFC 6455; nothing is decoded after it.
   *
   * @param code what to close with: 1002 for a protocol error, 1007 for a message that cannot be
   *     inflated, 1009 for one over the limit
   */
  void violation(int code, String what);
}
