package dev.fanbench.emulator.gateway;

import dev.fanbench.protocol.handshake.DeflateOffer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/**
 * The parameters of permessage-deflate that hold on one connection (RFC 7692, section 7.1), and the
 * answer that agrees to them. An offer of {@code server_max_window_bits=12;
 * client_max_window_bits=12} was answered by API Gateway with {@code server_max_window_bits=12}
 * alone, in 2021. The other answers are assumed from that one. The window has 12 bits, or fewer if
 * the client asks for fewer. There is no context takeover where the client asks for none.
 *
 * @param serverWindowBits the largest distance in sent data, as a power of two
 * @param contextBytes number of bytes of earlier messages that the client may refer to
 * @param header the value of {@code Sec-WebSocket-Extensions} in the answer
 */
record DeflateAgreement(int serverWindowBits, int contextBytes, String header) {
  private static final int SERVER_WINDOW_BITS = 12;

  /** The agreement to the first offer of a request that can be agreed to. */
  static Optional<DeflateAgreement> of(HttpHeaders request) {
    return DeflateOffer.in(request.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)).stream()
        .findFirst()
        .map(DeflateAgreement::of);
  }

  private static DeflateAgreement of(DeflateOffer offer) {
    int windowBits =
        Math.min(SERVER_WINDOW_BITS, offer.serverWindowBits().orElse(SERVER_WINDOW_BITS));
    String header =
        DeflateOffer.EXTENSION
            + (offer.serverNoContext() ? ";" + DeflateOffer.SERVER_NO_CONTEXT : "")
            + (offer.clientNoContext() ? ";" + DeflateOffer.CLIENT_NO_CONTEXT : "")
            + (";" + DeflateOffer.SERVER_WINDOW + "=" + windowBits);
    return new DeflateAgreement(
        windowBits, offer.clientNoContext() ? 0 : 1 << offer.clientWindowBits(), header);
  }
}
