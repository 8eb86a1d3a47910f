package dev.fanbench.functions.event;

/** Handles the events of a function, independent of their transport. Thread-safe. */
@FunctionalInterface
public interface EventHandler {
  /** Handles one event; throws what keeps it from an answer. */
  ProxyAnswer answer(WebSocketEvent event);
}
