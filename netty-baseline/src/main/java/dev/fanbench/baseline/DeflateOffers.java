package dev.fanbench.baseline;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import java.util.Map;
import java.util.Optional;

/**
 * Agrees to permessage-deflate (RFC 7692, section 7.1), always without context takeover on either
 * side: then one deflated frame is right for everybody, and a connection keeps no state.
 */
final class DeflateOffers {
  private static final String EXTENSION = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  /** The JDK's deflater has no other. */
  private static final String WINDOW_BITS = "15";

  private DeflateOffers() {}

  /** The answer to the first offer that can be agreed to, as a header's value. */
  static Optional<String> answer(HttpHeaders request) {
    return request.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).stream()
        .flatMap(header -> WebSocketExtensionUtil.extractExtensions(header).stream())
        .filter(DeflateOffers::isAcceptable)
        .findFirst()
        .map(
            offer ->
                String.join("; ", EXTENSION, SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT)
                    // Who asks for a window must be told that he has it.
                    + (offer.parameters().containsKey(SERVER_WINDOW)
                        ? "; " + SERVER_WINDOW + "=" + WINDOW_BITS
                        : ""));
  }

  private static boolean isAcceptable(WebSocketExtensionData offer) {
    return offer.name().equals(EXTENSION)
        && offer.parameters().entrySet().stream().allMatch(DeflateOffers::isAcceptable);
  }

  private static boolean isAcceptable(Map.Entry<String, String> parameter) {
    String value = parameter.getValue();
    return switch (parameter.getKey()) {
      case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value == null;
      case SERVER_WINDOW -> WINDOW_BITS.equals(value);
      case CLIENT_WINDOW -> value == null || value.matches("[89]|1[0-5]");
      default -> false;
    };
  }
}
