package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;

/** The way to a single connection. Implementations are thread-safe. */
public interface Posts {
  /**
   * Sends {@code frame}, UTF-8 text, to a connection.
   *
   * @return what became of it; never completes exceptionally
   */
  CompletableFuture<Result> post(String connectionId, byte[] frame);

  /** What became of a post. */
  enum Result {
    /** The connection has it. */
    DELIVERED,
    /** There is no such connection: it has closed, or its handshake is not over yet. */
    GONE,
    /** Anything else, after every retry. */
    FAILED
  }
}
