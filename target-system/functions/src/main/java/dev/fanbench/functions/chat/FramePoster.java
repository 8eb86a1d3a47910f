package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;

/** Sends frames to single connections. Implementations are thread-safe. */
public interface FramePoster {
  /**
   * Sends {@code frame}, UTF-8 text, to a connection.
   *
   * @return the result of the post; never completes exceptionally
   */
  CompletableFuture<Result> post(String connectionId, byte[] frame);

  /** The result of one post. */
  enum Result {
    /** The connection has the frame. */
    DELIVERED,
    /** There is no such connection: it has closed, or its handshake is not over yet. */
    GONE,
    /** Anything else, after every retry. */
    FAILED
  }
}
