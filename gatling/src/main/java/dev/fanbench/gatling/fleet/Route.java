package dev.fanbench.gatling.fleet;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What all connections of a fleet have in common. Immutable. */
record Route(
    Endpoint endpoint,
    Transport transport,
    Optional<SslContext> tls,
    OpeningHandshake handshake,
    Duration connectTimeout,
    Duration replyTimeout,
    Dialect dialect) {

  static Route of(FleetOptions options, Transport transport) {
    Endpoint endpoint = Endpoint.of(options.target(), options.sources());
    return new Route(
        endpoint,
        transport,
        endpoint.secure() ? Optional.of(tls(options)) : Optional.empty(),
        new OpeningHandshake(endpoint, options.headers(), options.proof()),
        options.connectTimeout(),
        options.replyTimeout(),
        options.dialect());
  }

  /** The JDK's TLS, which checks the certificate and that it is the host's. */
  private static SslContext tls(FleetOptions options) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("HTTPS");
    if (!options.trusted().isEmpty()) {
      builder.trustManager(options.trusted().toArray(new X509Certificate[0]));
    }
    try {
      return builder.build();
    } catch (SSLException broken) {
      throw new IllegalArgumentException("TLS cannot be set up: " + broken.getMessage(), broken);
    }
  }

  Optional<SslHandler> tlsHandler(ByteBufAllocator allocator) {
    return tls.map(
        context -> {
          SslHandler handler = context.newHandler(allocator, endpoint.host(), endpoint.port());
          // The attempt as a whole has a timeout.
          handler.setHandshakeTimeoutMillis(0);
          return handler;
        });
  }
}
