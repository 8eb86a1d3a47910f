package dev.fanbench.gatling.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Composes an HTTP/1.1 request that publishes. Immutable.
 *
 * @param method such as {@code POST}
 * @param path path and query
 * @param headers besides {@code Host} and {@code Content-Length}
 * @param body the payload
 * @param host the value of {@code Host}; empty until the target is known
 */
public record HttpRequestSource(
    String method,
    FrameTemplate path,
    Map<String, FrameTemplate> headers,
    FrameTemplate body,
    String host)
    implements FrameSource {

  public HttpRequestSource {
    headers = Map.copyOf(headers);
  }

  /** The same request to a host. */
  public HttpRequestSource to(String authority) {
    return new HttpRequestSource(method, path, headers, body, authority);
  }

  @Override
  public byte[] bytes(FrameContext values) {
    byte[] payload = body.bytes(values);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path.string(values)).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    new TreeMap<>(headers)
        .forEach(
            (name, value) ->
                head.append(name).append(": ").append(value.string(values)).append("\r\n"));
    head.append("Content-Length: ").append(payload.length).append("\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  @Override
  public boolean binary() {
    return true;
  }

  @Override
  public boolean changesWithTime() {
    return path.changesWithTime()
        || body.changesWithTime()
        || headers.values().stream().anyMatch(FrameTemplate::changesWithTime);
  }

  @Override
  public boolean namesRoom() {
    return path.namesRoom()
        || body.namesRoom()
        || headers.values().stream().anyMatch(FrameTemplate::namesRoom);
  }
}
