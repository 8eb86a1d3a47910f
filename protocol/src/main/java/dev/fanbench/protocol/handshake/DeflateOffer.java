package dev.fanbench.protocol.handshake;

import dev.fanbench.protocol.handshake.ExtensionList.Extension;
import dev.fanbench.protocol.handshake.ExtensionList.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An offer of permessage-deflate that a server may agree to, by RFC 7692, section 7.1. Thread-safe;
 * never blocks.
 *
 * @param serverNoContext whether the answer has to say {@link #SERVER_NO_CONTEXT}
 * @param clientNoContext whether the client never refers to earlier messages, whatever the answer
 * @param serverWindowBits the largest window that the server may use, 8 to 15, and has to name;
 *     empty if the client takes any
 * @param clientWindowBits the largest window that the client uses, 8 to 15, whatever the answer
 */
public record DeflateOffer(
    boolean serverNoContext,
    boolean clientNoContext,
    OptionalInt serverWindowBits,
    int clientWindowBits) {
  /** The extension's name. */
  public static final String EXTENSION = "permessage-deflate";

  /** The parameter that keeps the server from referring to earlier messages. */
  public static final String SERVER_NO_CONTEXT = "server_no_context_takeover";

  /** The parameter that keeps the client from referring to earlier messages. */
  public static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";

  /** The parameter that limits the server's window. */
  public static final String SERVER_WINDOW = "server_max_window_bits";

  /** The largest window of the format, 32 KB as a power of two. */
  public static final int MOST_WINDOW_BITS = 15;

  private static final String CLIENT_WINDOW = "client_max_window_bits";
  private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

  /**
   * The offers in a request, in the client's order of preference. Offers with unknown, repeated or
   * malformed parameters are left out, since the standard forbids to agree to them.
   *
   * @param headers the values of {@code Sec-WebSocket-Extensions}, one for each line
   */
  public static List<DeflateOffer> in(List<String> headers) {
    return headers.stream()
        .flatMap(header -> ExtensionList.extensions(header).stream())
        .filter(extension -> extension.name().equals(EXTENSION))
        .flatMap(extension -> of(extension).stream())
        .toList();
  }

  private static Optional<DeflateOffer> of(Extension extension) {
    Set<String> seen = new HashSet<>();
    OptionalInt serverWindow = OptionalInt.empty();
    int clientWindow = MOST_WINDOW_BITS;
    for (Parameter parameter : extension.parameters()) {
      Optional<String> value = parameter.value();
      boolean allowed =
          switch (parameter.name()) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty();
            case SERVER_WINDOW -> value.filter(DeflateOffer::isWindow).isPresent();
            case CLIENT_WINDOW -> value.isEmpty() || isWindow(value.get());
            default -> false;
          };
      if (!allowed || !seen.add(parameter.name())) {
        return Optional.empty();
      }
      if (parameter.name().equals(SERVER_WINDOW)) {
        serverWindow = OptionalInt.of(Integer.parseInt(value.orElseThrow()));
      } else if (parameter.name().equals(CLIENT_WINDOW)) {
        clientWindow = value.map(Integer::parseInt).orElse(MOST_WINDOW_BITS);
      }
    }
    return Optional.of(
        new DeflateOffer(
            seen.contains(SERVER_NO_CONTEXT),
            seen.contains(CLIENT_NO_CONTEXT),
            serverWindow,
            clientWindow));
  }

  private static boolean isWindow(String value) {
    return WINDOW_BITS.matcher(value).matches();
  }
}
