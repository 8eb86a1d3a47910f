package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;

/** Where chat lines are kept. Implementations are thread-safe. */
public interface MessageLog {
  /** Keeps {@code message}; completes when it is safe. */
  CompletableFuture<Void> append(StoredMessage message);
}
