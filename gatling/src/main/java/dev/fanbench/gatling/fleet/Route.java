package dev.fanbench.gatling.fleet;

import java.time.Duration;
import java.util.Optional;

/** What all connections of a fleet have in common. Immutable. */
record Route(
    Endpoint endpoint,
    Transport transport,
    Optional<Tls> tls,
    OpeningHandshake handshake,
    Duration connectTimeout,
    Duration replyTimeout,
    Dialect dialect) {

  static Route of(FleetOptions options, Transport transport) {
    Endpoint endpoint = Endpoint.of(options.target(), options.sources());
    return new Route(
        endpoint,
        transport,
        endpoint.secure()
            ? Optional.of(Tls.to(endpoint.host(), options.trust()))
            : Optional.empty(),
        new OpeningHandshake(endpoint, options.headers(), options.proof()),
        options.connectTimeout(),
        options.replyTimeout(),
        options.dialect());
  }
}
