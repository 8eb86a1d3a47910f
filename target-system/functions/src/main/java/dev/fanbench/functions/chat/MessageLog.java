package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;

/** Stores chat lines. Implementations are thread-safe. */
public interface MessageLog {
  /** Stores {@code message}; completes when it is stored. */
  CompletableFuture<Void> append(StoredMessage message);
}
