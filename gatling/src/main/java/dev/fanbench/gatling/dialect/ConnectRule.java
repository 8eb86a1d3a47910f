package dev.fanbench.gatling.dialect;

import java.util.List;
import java.util.Map;

/**
 * The opening handshake of a dialect. Immutable.
 *
 * @param resource path and query that are added to the target's URL; may be empty
 * @param headers sent with the handshake
 * @param subprotocols offered; the server must choose one of them where there are any
 */
public record ConnectRule(
    FrameTemplate resource, Map<String, FrameTemplate> headers, List<FrameTemplate> subprotocols) {

  /** A handshake with the target's URL and nothing else. */
  public static final ConnectRule NONE =
      new ConnectRule(FrameTemplate.text(""), Map.of(), List.of());

  public ConnectRule {
    headers = Map.copyOf(headers);
    subprotocols = List.copyOf(subprotocols);
  }
}
