package dev.fanbench.emulator.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients that can be posted to: those whose handshake is over and whose close has not begun.
 * Thread-safe.
 */
final class ConnectionTable {
  private final Map<String, ClientConnection> byId = new ConcurrentHashMap<>();

  void add(ClientConnection connection) {
    byId.put(connection.id(), connection);
  }

  /** Removes a connection; true for the first caller only, who then tells of the end. */
  boolean remove(ClientConnection connection) {
    return byId.remove(connection.id(), connection);
  }

  /** The connection, or {@code null} if there is none of that name to post to. */
  ClientConnection find(String id) {
    return byId.get(id);
  }

  Collection<ClientConnection> all() {
    return byId.values();
  }
}
