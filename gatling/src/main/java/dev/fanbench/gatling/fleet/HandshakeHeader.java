package dev.fanbench.gatling.fleet;

import java.util.Locale;
import java.util.Set;

/** Rules for headers that a user adds to handshakes. Stateless. */
public final class HandshakeHeader {
  /** The names that are allowed, in words. */
  public static final String ALLOWED_NAMES =
      "an HTTP field name that the WebSocket handshake does not set itself";

  private static final Set<String> OURS =
      Set.of(
          "host",
          "upgrade",
          "connection",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-extensions");

  private HandshakeHeader() {}

  /** Whether a header of this name may be added. */
  public static boolean isName(String name) {
    return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        && !OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a value is printable ASCII on one line. */
  public static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }
}
