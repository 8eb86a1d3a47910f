package dev.fanbench.protocol.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Checks a request for a WebSocket by RFC 6455, section 4.2.1, before anything is asked or opened
 * for it. Each header that the standard wants once has to be there once.
 *
 * <pre>{@code
 * Optional<Violation> violation =
 *     HandshakeCheck.violation(method, "HTTP/1.1", name -> headers.getAll(name));
 * }</pre>
 *
 * <p>Thread-safe; never blocks.
 */
public final class HandshakeCheck {
  /** The only version of the protocol, and what an answer with 426 says in its header. */
  public static final String VERSION = "13";

  private static final int BAD_REQUEST = 400;
  private static final int UPGRADE_REQUIRED = 426;

  /** 16 bytes in base 64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  /** A name or address with or without a port, by RFC 3986, section 3.2. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[\\w.~!$&'()*+,;=%-]+)(:[0-9]*)?");

  /** From section 1.3 of the standard. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private HandshakeCheck() {}

  /**
   * A reason to refuse a request.
   *
   * @param status 400, or 426 for a request that asks for no WebSocket of version 13; the answer
   *     with 426 has the headers {@code Upgrade} and {@code Sec-WebSocket-Version}
   * @param message for the body; needs no escapes in JSON
   */
  public record Violation(int status, String message) {}

  /**
   * The first rule that a request breaks; empty for one that may be answered with 101.
   *
   * @param version as in the request line; HTTP/1.0 has no upgrades
   * @param headers the values of a header, one for each line, whatever the case of its name
   */
  public static Optional<Violation> violation(
      String method, String version, Function<String, List<String>> headers) {
    List<String> upgrade = headers.apply("Upgrade");
    if (!method.equals("GET") || !version.equals("HTTP/1.1") || !names(upgrade, "websocket")) {
      return Optional.of(new Violation(UPGRADE_REQUIRED, "Upgrade Required"));
    }
    if (!headers.apply("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return Optional.of(
          new Violation(UPGRADE_REQUIRED, "Sec-WebSocket-Version has to be " + VERSION));
    }
    if (upgrade.size() != 1 || !upgrade.get(0).equalsIgnoreCase("websocket")) {
      return bad("Upgrade has to be websocket alone");
    }
    if (!names(headers.apply("Connection"), "upgrade")) {
      return bad("Connection has to name Upgrade");
    }
    List<String> host = headers.apply("Host");
    if (host.size() != 1 || !HOST.matcher(host.get(0)).matches()) {
      return bad("Host has to be a name, there once");
    }
    List<String> key = headers.apply("Sec-WebSocket-Key");
    if (key.size() != 1 || !KEY.matcher(key.get(0)).matches()) {
      return bad("Sec-WebSocket-Key has to be 16 bytes in base 64, once");
    }
    return headers.apply("Sec-WebSocket-Extensions").stream().allMatch(ExtensionList::isWellFormed)
        ? Optional.empty()
        : bad("Sec-WebSocket-Extensions is malformed");
  }

  /** The value of {@code Sec-WebSocket-Accept} that answers a key. */
  public static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  private static Optional<Violation> bad(String message) {
    return Optional.of(new Violation(BAD_REQUEST, message));
  }

  /** Whether one of the comma-separated elements is {@code token}, in any case. */
  private static boolean names(List<String> values, String token) {
    return values.stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .anyMatch(element -> element.trim().equalsIgnoreCase(token));
  }
}
