package dev.fanbench.gatling.fleet;

import java.util.List;

/** The credentials in handshakes. Called on every loop of a fleet, so thread-safe. */
@FunctionalInterface
public interface HandshakeCredential {

  /**
   * Header lines of a connection's handshake, each with the CRLF that ends it.
   *
   * @param n the number of connections that its loop had begun before
   */
  String lines(int n);

  /** Nothing. */
  static HandshakeCredential none() {
    return n -> "";
  }

  /** The {@code Authorization} header, as it is, by one connection after the other in turn. */
  static HandshakeCredential tokens(List<String> tokens) {
    if (tokens.isEmpty()) {
      return none();
    }
    List<String> lines = tokens.stream().map(token -> "Authorization: " + token + "\r\n").toList();
    return n -> lines.get(Math.floorMod(n, lines.size()));
  }
}
