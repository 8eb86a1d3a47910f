package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.ConnectRule;
import dev.fanbench.gatling.dialect.FrameContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bytes of a client's half of RFC 6455 §4, equal but for the key, the credential and the
 * client's identity. Immutable.
 */
final class OpeningHandshake {
  private static final int KEY_BYTES = 16;

  /** RFC 6455 §1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  private final TargetAddress endpoint;
  private final ConnectRule rule;
  private final Map<String, String> headers;

  /** Those that the user has given as a header. */
  private final List<String> moreSubprotocols;

  private final HandshakeCredential credential;

  OpeningHandshake(
      TargetAddress endpoint,
      ConnectRule rule,
      Map<String, String> headers,
      HandshakeCredential credential) {
    this.endpoint = endpoint;
    this.rule = rule;
    Map<Boolean, Map<String, String>> parts = bySubprotocol(headers);
    this.headers = parts.get(false);
    this.moreSubprotocols =
        parts.get(true).values().stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .toList();
    this.credential = credential;
  }

  /** A subprotocol that a header asks for is offered, and its choice checked, like a dialect's. */
  private static Map<Boolean, Map<String, String>> bySubprotocol(Map<String, String> headers) {
    return headers.entrySet().stream()
        .collect(
            Collectors.partitioningBy(
                each -> each.getKey().equalsIgnoreCase(SUBPROTOCOL),
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
  }

  /**
   * The request of the n-th connection of its loop.
   *
   * @param values of placeholders
   * @param identity the query and headers of the client
   */
  byte[] request(String key, int n, FrameContext values, ClientIdentity identity) {
    StringBuilder request = new StringBuilder(512);
    request
        .append("GET ")
        .append(endpoint.resource(rule.resource().string(values), identity.query()))
        .append(" HTTP/1.1\r\nHost: ")
        .append(endpoint.uri().getRawAuthority())
        .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
        .append("Sec-WebSocket-Key: ")
        .append(key)
        .append("\r\n");
    List<String> subprotocols = subprotocols(values);
    if (!subprotocols.isEmpty()) {
      header(request, SUBPROTOCOL, String.join(", ", subprotocols));
    }
    headers.forEach((name, value) -> header(request, name, value));
    rule.headers().forEach((name, value) -> header(request, name, value.string(values)));
    identity.headers().forEach((name, value) -> header(request, name, value));
    return request
        .append(credential.lines(n))
        .append("\r\n")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void header(StringBuilder request, String name, String value) {
    request.append(name).append(": ").append(value).append("\r\n");
  }

  /** The subprotocols that a connection offers. */
  List<String> subprotocols(FrameContext values) {
    return Stream.concat(
            rule.subprotocols().stream().map(each -> each.string(values)),
            moreSubprotocols.stream())
        .toList();
  }

  /**
   * A {@code Sec-WebSocket-Key}.
   *
   * @param high random bits
   * @param low random bits
   */
  static String key(long high, long low) {
    byte[] bytes = new byte[KEY_BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (high >>> (8 * i));
      bytes[Long.BYTES + i] = (byte) (low >>> (8 * i));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The {@code Sec-WebSocket-Accept} that answers a key. */
  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }
}
