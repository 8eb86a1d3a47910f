package dev.fanbench.gatling.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The bytes of a client's half of RFC 6455 §4, equal but for the key and the credential. Immutable.
 */
final class OpeningHandshake {
  private static final int KEY_BYTES = 16;

  /** RFC 6455 §1.3. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final String beforeKey;
  private final String afterKey;
  private final HandshakeCredential credential;

  OpeningHandshake(
      TargetAddress endpoint, Map<String, String> headers, HandshakeCredential credential) {
    beforeKey =
        "GET "
            + endpoint.resource()
            + " HTTP/1.1\r\nHost: "
            + endpoint.uri().getRawAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: ";
    StringBuilder rest = new StringBuilder("\r\n");
    headers.forEach((name, value) -> rest.append(name).append(": ").append(value).append("\r\n"));
    afterKey = rest.toString();
    this.credential = credential;
  }

  /** The request of the n-th connection. */
  byte[] request(String key, int n) {
    return (beforeKey + key + afterKey + credential.lines(n) + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
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
