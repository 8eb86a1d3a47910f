package dev.fanbench.gatling.fleet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The bytes that a target has answered to the opening handshake so far.
 *
 * @param text the bytes so far, one character each
 * @param bodyAt the end of the head, or -1
 */
record HandshakeAnswer(String text, int bodyAt) {
  /** Longest head accepted. */
  static final int MAX_BYTES = 16 * 1024;

  /** The bytes of a body that are shown in an error. */
  static final int SHOWN_BYTES = 200;

  private static final String HEAD_END = "\r\n\r\n";

  static HandshakeAnswer of(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(HEAD_END);
    return new HandshakeAnswer(text, end < 0 ? -1 : end + HEAD_END.length());
  }

  /** True when this can become the answer of an HTTP server. */
  boolean mayBeHttp() {
    String version = "HTTP/1.";
    return text.regionMatches(0, version, 0, Math.min(text.length(), version.length()));
  }

  boolean headComplete() {
    return bodyAt >= 0;
  }

  /** True when there is nothing more to read that a failure would show. */
  boolean bodyShowable() {
    int length =
        header("content-length")
            .filter(v -> v.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .orElse(SHOWN_BYTES);
    return text.length() - bodyAt >= Math.min(length, SHOWN_BYTES);
  }

  /** The status, or 0 when the first line is not that of an HTTP answer. */
  int status() {
    String line = text.lines().findFirst().orElse("");
    return line.matches("HTTP/1\\.\\d [1-9]\\d\\d( .*)?")
        ? Integer.parseInt(line.substring(9, 12))
        : 0;
  }

  /**
   * The reason why this complete head does not open a WebSocket; empty if it does.
   *
   * @param deflate whether permessage-deflate was offered
   * @param subprotocols offered; one of them must have been chosen where there are any
   */
  Optional<ConnectFailure> refusal(String accept, boolean deflate, List<String> subprotocols) {
    if (status() != 101) {
      return Optional.of(notAWebSocket());
    }
    if (!"websocket".equalsIgnoreCase(header("upgrade").orElse(""))) {
      return Optional.of(new ConnectFailure.NotAWebSocket(101, "no 'Upgrade: websocket'"));
    }
    String answered = header("sec-websocket-accept").orElse("none");
    if (!answered.equals(accept)) {
      return Optional.of(
          new ConnectFailure.NotAWebSocket(
              101, "Sec-WebSocket-Accept is " + answered + ", expected " + accept));
    }
    String chosen = header("sec-websocket-protocol").orElse("none");
    if (subprotocols.isEmpty() ? !chosen.equals("none") : !subprotocols.contains(chosen)) {
      return Optional.of(
          new ConnectFailure.NotAWebSocket(
              101,
              subprotocols.isEmpty()
                  ? "it chose the subprotocol " + chosen + ", and none was offered"
                  : "it chose "
                      + (chosen.equals("none") ? "none" : chosen)
                      + " of the subprotocols offered: "
                      + String.join(", ", subprotocols)));
    }
    return extensions()
        .filter(extra -> !(deflate && DeliveryInflater.isAgreed(extra)))
        .map(
            extra ->
                new ConnectFailure.NotAWebSocket(101, "extension " + extra + " was not offered"));
  }

  /** The extensions that the target has accepted. */
  Optional<String> extensions() {
    return header("sec-websocket-extensions");
  }

  /** The failure with the beginning of the answer. */
  ConnectFailure notAWebSocket() {
    int from = headComplete() ? bodyAt : status() == 0 ? 0 : text.length();
    String shown = text.substring(from, Math.min(text.length(), from + SHOWN_BYTES));
    byte[] bytes = shown.getBytes(StandardCharsets.ISO_8859_1);
    String readable = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return new ConnectFailure.NotAWebSocket(status(), readable.strip());
  }

  private Optional<String> header(String name) {
    return text.substring(0, bodyAt)
        .lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
