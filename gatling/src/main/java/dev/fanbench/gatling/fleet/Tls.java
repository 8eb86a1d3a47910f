package dev.fanbench.gatling.fleet;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * The JDK's TLS to one host. Every handshake is a whole one, as of a client that comes for the
 * first time. Thread-safe.
 */
final class Tls {
  private final SslContext context;
  private final String host;

  /** Sessions are kept by host and port, so that one kept under another port is not resumed. */
  private final AtomicInteger neverUsedPort = new AtomicInteger();

  private Tls(SslContext context, String host) {
    this.context = context;
    this.host = host;
  }

  /**
   * Checks the certificate, and that it is the host's, as far as asked.
   *
   * @throws IllegalArgumentException when TLS cannot be set up so
   */
  static Tls to(String host, Trust trust) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .sessionCacheSize(1)
            .endpointIdentificationAlgorithm("HTTPS");
    if (trust instanceof Trust.Only only) {
      builder.trustManager(only.authorities().toArray(new X509Certificate[0]));
    } else if (trust instanceof Trust.Any) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    }
    try {
      return new Tls(builder.build(), host);
    } catch (SSLException broken) {
      throw new IllegalArgumentException("TLS cannot be set up: " + broken.getMessage(), broken);
    }
  }

  SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(allocator, host, neverUsedPort.getAndIncrement());
    // The attempt as a whole has a timeout.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }
}
