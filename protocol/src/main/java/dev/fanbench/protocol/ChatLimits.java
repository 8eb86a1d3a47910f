package dev.fanbench.protocol;

import java.time.Duration;

/**
 * Sizes both chats agree on. Those of messages and frames, and the times, are API Gateway's quotas.
 */
public final class ChatLimits {
  /** The longest message, over all of its frames; a longer one closes the connection with 1009. */
  public static final int MESSAGE_BYTES = 128 * 1024;

  /** The longest single frame that API Gateway takes; the baseline enforces it when asked to. */
  public static final int FRAME_BYTES = 32 * 1024;

  /** The longest binary request or response, its header included. */
  public static final int BINARY_MESSAGE_BYTES = 64 * 1024;

  /** The longest name of a person or of a room, in Unicode code points. */
  public static final int NAME_CHARACTERS = 64;

  /**
   * The longest EDN that is parsed, without its strings, comments, blanks and commas, in
   * characters; longer EDN is answered with the error frame. The broadcast map needs 29.
   */
  public static final int EDN_OUTLINE = 128;

  /**
   * The most rooms that {@code fetchChannels} lists; its answer is a message like any other, too.
   */
  public static final int ROOMS = 1_000;

  /** Time for which API Gateway keeps a connection without messages. */
  public static final Duration IDLE = Duration.ofMinutes(10);

  /** Time for which API Gateway keeps any connection. */
  public static final Duration AGE = Duration.ofHours(2);

  private ChatLimits() {}
}
