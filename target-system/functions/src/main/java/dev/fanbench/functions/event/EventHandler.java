package dev.fanbench.functions.event;

/** What a function does with its events, however they came. Thread-safe. */
@FunctionalInterface
public interface EventHandler {
  /** Handles one event; throws what keeps it from an answer. */
  Answer answer(WebSocketEvent event);
}
