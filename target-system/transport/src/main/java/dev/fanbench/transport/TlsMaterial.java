package dev.fanbench.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.TlsKeyManagersProvider;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The certificates of a client.
 *
 * @param trust the accepted certificates; the JDK's own when empty
 * @param keys the client's certificate, if it has one
 * @param trustsAll whether any certificate of any host is accepted, for tests
 */
record TlsMaterial(
    Optional<TlsTrustManagersProvider> trust,
    Optional<TlsKeyManagersProvider> keys,
    boolean trustsAll) {

  /** The settings in the SDK's words. */
  static TlsMaterial of(AttributeMap settings) {
    return new TlsMaterial(
        Optional.ofNullable(settings.get(SdkHttpConfigurationOption.TLS_TRUST_MANAGERS_PROVIDER)),
        Optional.ofNullable(settings.get(SdkHttpConfigurationOption.TLS_KEY_MANAGERS_PROVIDER)),
        Boolean.TRUE.equals(settings.get(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES)));
  }

  /** A context that checks the name of the host too, unless all certificates are trusted. */
  SslContext context() throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm(trustsAll ? null : "HTTPS");
    if (trustsAll) {
      builder.trustManager(new AnyCertificate());
    } else {
      trust
          .map(TlsTrustManagersProvider::trustManagers)
          .ifPresent(each -> builder.trustManager(x509(each)));
    }
    keys.map(TlsKeyManagersProvider::keyManagers)
        .filter(each -> each.length > 0)
        .ifPresent(each -> builder.keyManager(first(each)));
    return builder.build();
  }

  private static TrustManager x509(TrustManager[] managers) {
    for (TrustManager each : managers) {
      if (each instanceof X509TrustManager) {
        return each;
      }
    }
    throw new IllegalArgumentException("the trust managers have none for X.509 certificates");
  }

  private static KeyManager first(KeyManager[] managers) {
    return managers[0];
  }
}
