package dev.fanbench.protocol;

/** Sizes both chats agree on. The message and frame sizes are API Gateway's documented quotas. */
public final class Limits {
  /** The longest message, over all of its frames; a longer one closes the connection with 1009. */
  public static final int MESSAGE_BYTES = 128 * 1024;

  /** The longest single frame that API Gateway takes; the baseline does not enforce it. */
  public static final int FRAME_BYTES = 32 * 1024;

  /** The longest binary request or response, its header included. */
  public static final int BINARY_MESSAGE_BYTES = 64 * 1024;

  /** The longest name of a person or of a room, in Unicode code points. */
  public static final int NAME_CHARACTERS = 64;

  private Limits() {}
}
