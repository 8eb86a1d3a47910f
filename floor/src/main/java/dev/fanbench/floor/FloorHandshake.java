package dev.fanbench.floor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to an opening handshake (RFC 6455, section 4.2.2).
 *
 * @param response the whole response
 * @param upgraded whether the connection speaks WebSocket from here on
 */
record FloorHandshake(ByteBuffer response, boolean upgraded) {

  /** The longest head that is read. */
  static final int MOST_BYTES = 8 * 1024;

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Reads a request head, blank line included, for {@code /stage}. */
  static FloorHandshake answer(String head, String stage) {
    String[] lines = head.split("\r\n", -1);
    String[] request = lines[0].split(" ", -1);
    String path = request.length > 1 ? request[1].replaceFirst("\\?.*", "") : "";
    if (!request[0].equals("GET")
        || !(path.equals("/" + stage) || path.equals("/" + stage + "/"))) {
      return refusal("403 Forbidden", "{\"message\":\"Forbidden\"}");
    }
    Map<String, String> headers = headers(lines);
    String key = headers.get("sec-websocket-key");
    if (key == null || !"websocket".equalsIgnoreCase(headers.get("upgrade"))) {
      return refusal("426 Upgrade Required", "{\"message\":\"Upgrade Required\"}");
    }
    return new FloorHandshake(
        bytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(key)
                + "\r\n\r\n"),
        true);
  }

  private static Map<String, String> headers(String[] lines) {
    Map<String, String> headers = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static FloorHandshake refusal(String status, String body) {
    return new FloorHandshake(
        bytes(
            "HTTP/1.1 "
                + status
                + "\r\nUpgrade: websocket\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body),
        false);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
