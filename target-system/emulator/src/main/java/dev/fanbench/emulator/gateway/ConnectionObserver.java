package dev.fanbench.emulator.gateway;

import java.nio.ByteBuffer;

/**
 * Sees the connections of a front door and the posts to them, and may refuse a post.
 *
 * <p>For tests of functions. Called on event loops, by several at a time: implementations are
 * thread-safe and do not block.
 */
public interface ConnectionObserver {
  /** The handshake of a connection is over. */
  void opened(String connectionId);

  /** A connection can no longer be posted to. */
  void closed(String connectionId);

  /**
   * A function posts to an open connection that has room for the frame.
   *
   * @param body valid until this method returns
   */
  PostAnswer posted(String connectionId, ByteBuffer body);
}
