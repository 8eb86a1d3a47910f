package dev.fanbench.functions.chat;

/** Where chat lines are kept. Implementations are thread-safe. */
@FunctionalInterface
public interface MessageLog {
  /** Keeps {@code message}; it is safe when this returns. */
  void append(StoredMessage message);
}
