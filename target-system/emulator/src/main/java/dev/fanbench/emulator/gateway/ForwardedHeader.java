package dev.fanbench.emulator.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The headers of events, as API Gateway makes them of a client's request. AWS does not document
 * them; users have seen them.
 */
final class ForwardedHeader {
  private static final Set<String> HOP_BY_HOP = Set.of("connection", "upgrade");
  private static final String HOST = "Host";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String TRACE_ID = "X-Amzn-Trace-Id";
  private static final String TRACE_ROOT = "Root=";

  /** A trace id has 96 random bits. */
  private static final int TRACE_DIGITS = 24;

  private static final long MILLIS_PER_SECOND = 1_000;

  private ForwardedHeader() {}

  /** The headers of a {@code $connect} event: those of {@link #all} that are end to end. */
  static Map<String, List<String>> endToEnd(HttpRequest request, ClientConnection client) {
    Map<String, List<String>> headers = all(request, client);
    headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
    return headers;
  }

  /**
   * The headers of an authorizer's event: the client's, with two spellings of one name joined under
   * the first, and those that API Gateway sets.
   */
  static Map<String, List<String>> all(HttpRequest request, ClientConnection client) {
    SortedMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    HttpHeaders sent = request.headers();
    sent.forEach(
        header ->
            headers
                .computeIfAbsent(header.getKey(), name -> new ArrayList<>(1))
                .add(header.getValue()));
    headers.put(HOST, List.of(host(client)));
    append(headers, FORWARDED_FOR, client.sourceIp());
    append(headers, "X-Forwarded-Port", String.valueOf(port(client)));
    append(headers, "X-Forwarded-Proto", scheme(client));
    headers.put(TRACE_ID, List.of(traceId(client, headers.getOrDefault(TRACE_ID, List.of()))));
    return headers;
  }

  /** The headers of a {@code $disconnect} event. */
  static Map<String, List<String>> ofDisconnect(ClientConnection client) {
    SortedMap<String, List<String>> headers = new TreeMap<>();
    headers.put(HOST, List.of(host(client)));
    for (String empty : List.of(FORWARDED_FOR, "x-api-key", "x-restapi")) {
      headers.put(empty, List.of(""));
    }
    return headers;
  }

  /** A client may claim to be forwarded already; the gateway's own value is the last one. */
  private static void append(Map<String, List<String>> headers, String name, String value) {
    List<String> claimed = new ArrayList<>(headers.getOrDefault(name, List.of()));
    claimed.add(value);
    headers.put(name, List.of(String.join(", ", claimed)));
  }

  /** The same for both events of a handshake. A client's own root stays the root. */
  private static String traceId(ClientConnection client, List<String> sent) {
    String id =
        "1-%08x-%s"
            .formatted(
                client.connectedAtMillis() / MILLIS_PER_SECOND,
                UUID.nameUUIDFromBytes(client.id().getBytes(StandardCharsets.US_ASCII))
                    .toString()
                    .replace("-", "")
                    .substring(0, TRACE_DIGITS));
    String own = sent.isEmpty() ? "" : sent.get(sent.size() - 1);
    if (own.isEmpty()) {
      return TRACE_ROOT + id;
    }
    return (own.contains(TRACE_ROOT) ? "Self=" : TRACE_ROOT) + id + ";" + own;
  }

  /** Without the port, and without taking the inside of an IPv6 address for one. */
  private static String host(ClientConnection client) {
    return client.domainName().replaceFirst(":\\d*$", "");
  }

  private static String scheme(ClientConnection client) {
    return TlsDetector.isEncrypted(client.channel().pipeline()) ? "https" : "http";
  }

  private static int port(ClientConnection client) {
    return client.channel().localAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
  }
}
