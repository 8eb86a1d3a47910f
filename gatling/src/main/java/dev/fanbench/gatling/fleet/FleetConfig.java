package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameSource;
import dev.fanbench.gatling.dialect.HttpRequestSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings that all connections of a fleet share. Immutable.
 *
 * @param node the place of the address among those of the target, from 0
 * @param identities the name and credentials of each client
 * @param publication composes publications; an HTTP request with the target's host
 */
record FleetConfig(
    int node,
    TargetAddress endpoint,
    ClientTransport transport,
    Optional<Tls> tls,
    OpeningHandshake handshake,
    IdentityTable identities,
    Duration connectTimeout,
    Duration replyTimeout,
    boolean deflate,
    Dialect dialect,
    FrameSource publication) {

  static FleetConfig of(int node, FleetOptions options, ClientTransport transport) {
    TargetAddress endpoint = TargetAddress.of(options.target(), options.sources());
    return new FleetConfig(
        node,
        endpoint,
        transport,
        endpoint.secure()
            ? Optional.of(Tls.to(endpoint.host(), options.trust()))
            : Optional.empty(),
        new OpeningHandshake(
            endpoint, options.dialect().connect(), headers(options), options.credential()),
        options.identities(),
        options.connectTimeout(),
        options.replyTimeout(),
        options.deflate(),
        options.dialect(),
        publication(options.dialect(), endpoint));
  }

  private static FrameSource publication(Dialect dialect, TargetAddress endpoint) {
    return dialect.publish().source() instanceof HttpRequestSource request
        ? request.to(endpoint.uri().getRawAuthority())
        : dialect.publish().source();
  }

  boolean publishesByHttp() {
    return publication instanceof HttpRequestSource;
  }

  /** The values of placeholders in the handshake of a connection. */
  FrameContext values(int client, String room) {
    ClientIdentity identity = identities.of(client);
    return FrameContext.of(
            client, identity.user(), identity.token(), Instant.now().getEpochSecond())
        .withRoom(room);
  }

  private static Map<String, String> headers(FleetOptions options) {
    Map<String, String> headers = new TreeMap<>(options.headers());
    if (options.deflate()) {
      headers.put("Sec-WebSocket-Extensions", DeliveryInflater.OFFER);
    }
    return headers;
  }
}
