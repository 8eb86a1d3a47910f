package dev.fanbench.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
  private static final DeflateOffer PLAIN =
      new DeflateOffer(false, false, OptionalInt.empty(), DeflateOffer.MOST_WINDOW_BITS);

  @Test
  void parametersAreRead() {
    assertEquals(List.of(PLAIN), in("permessage-deflate"));
    assertEquals(List.of(PLAIN), in("permessage-deflate ; client_max_window_bits"));
    assertEquals(
        List.of(new DeflateOffer(true, true, OptionalInt.of(10), 9)),
        in(
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                + " server_max_window_bits=\"1\\0\"; client_max_window_bits=9"));
  }

  @Test
  void offersKeepTheirOrderOverAllLines() {
    assertEquals(
        List.of(new DeflateOffer(false, false, OptionalInt.of(8), 15), PLAIN, PLAIN),
        in(
            "x-webkit-deflate-frame, permessage-deflate; server_max_window_bits=8,, "
                + "permessage-deflate; colour, permessage-deflate",
            "permessage-deflate; client_max_window_bits=15"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;;",
        "permessage-deflate;",
        "permessage-deflate; colour=blue",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=012",
        "permessage-deflate; client_max_window_bits=99999999999999999999",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=12; server_max_window_bits=12",
        "permessage-deflate; client_max_window_bits; client_max_window_bits=12",
        "permessage-deflate; client_max_window_bits=\"12",
        "permessage-bzip2",
      })
  void nothingIsOfferedByWhatCannotBeAgreedTo(String header) {
    assertEquals(List.of(), in(header));
  }

  private static List<DeflateOffer> in(String... headers) {
    return DeflateOffer.in(List.of(headers));
  }
}
