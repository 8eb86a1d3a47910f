package dev.fanbench.baseline;

import dev.fanbench.protocol.handshake.DeflateOffer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/**
 * Agrees to permessage-deflate (RFC 7692, section 7.1), always without context takeover on either
 * side. So one deflated frame serves all members, and a connection keeps no state.
 */
final class DeflateNegotiation {
  private DeflateNegotiation() {}

  /** The answer to the first offer that can be agreed to, as a header's value. */
  static Optional<String> answer(HttpHeaders request) {
    return DeflateOffer.in(request.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)).stream()
        .filter(DeflateNegotiation::isAcceptable)
        .findFirst()
        .map(
            offer ->
                String.join(
                        "; ",
                        DeflateOffer.EXTENSION,
                        DeflateOffer.SERVER_NO_CONTEXT,
                        DeflateOffer.CLIENT_NO_CONTEXT)
                    // A client that asks for a window must be told that it has it.
                    + (offer.serverWindowBits().isPresent()
                        ? "; " + DeflateOffer.SERVER_WINDOW + "=" + DeflateOffer.MOST_WINDOW_BITS
                        : ""));
  }

  /** The JDK's deflater has the largest window and no other. */
  private static boolean isAcceptable(DeflateOffer offer) {
    return offer.serverWindowBits().orElse(DeflateOffer.MOST_WINDOW_BITS)
        == DeflateOffer.MOST_WINDOW_BITS;
  }
}
