package dev.fanbench.gatling.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings that all connections of a fleet share. Immutable. */
record FleetConfig(
    TargetAddress endpoint,
    ClientTransport transport,
    Optional<Tls> tls,
    OpeningHandshake handshake,
    Duration connectTimeout,
    Duration replyTimeout,
    boolean deflate,
    Dialect dialect) {

  static FleetConfig of(FleetOptions options, ClientTransport transport) {
    TargetAddress endpoint = TargetAddress.of(options.target(), options.sources());
    return new FleetConfig(
        endpoint,
        transport,
        endpoint.secure()
            ? Optional.of(Tls.to(endpoint.host(), options.trust()))
            : Optional.empty(),
        new OpeningHandshake(endpoint, headers(options), options.credential()),
        options.connectTimeout(),
        options.replyTimeout(),
        options.deflate(),
        options.dialect());
  }

  private static Map<String, String> headers(FleetOptions options) {
    Map<String, String> headers = new TreeMap<>(options.headers());
    if (options.deflate()) {
      headers.put("Sec-WebSocket-Extensions", DeliveryInflater.OFFER);
    }
    return headers;
  }
}
