package dev.fanbench.transport;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The limits and timeouts of a client.
 *
 * @param maxConnections connections to one host at most, those being opened included
 * @param maxPending requests to one host that wait for a connection at most
 * @param acquireNanos the time that a request waits for a connection
 * @param connectMillis the time to open a connection
 * @param handshakeMillis the time to agree on TLS
 * @param readNanos the time without a byte of the response
 * @param writeNanos the time without the peer taking a byte of the request
 * @param idleNanos the time after which an unused connection is closed
 * @param tcpKeepAlive whether the kernel probes idle connections
 * @param tls the certificates for {@code https}
 */
record TransportConfig(
    int maxConnections,
    int maxPending,
    long acquireNanos,
    int connectMillis,
    long handshakeMillis,
    long readNanos,
    long writeNanos,
    long idleNanos,
    boolean tcpKeepAlive,
    TlsMaterial tls) {

  /** As in the SDK's own Netty client, but for idle connections, which live for a minute. */
  static final AttributeMap DEFAULTS =
      AttributeMap.builder()
          .put(SdkHttpConfigurationOption.MAX_CONNECTIONS, 50)
          .put(SdkHttpConfigurationOption.MAX_PENDING_CONNECTION_ACQUIRES, 10_000)
          .put(SdkHttpConfigurationOption.CONNECTION_ACQUIRE_TIMEOUT, Duration.ofSeconds(10))
          .put(SdkHttpConfigurationOption.CONNECTION_TIMEOUT, Duration.ofSeconds(2))
          .put(SdkHttpConfigurationOption.TLS_NEGOTIATION_TIMEOUT, Duration.ofSeconds(5))
          .put(SdkHttpConfigurationOption.READ_TIMEOUT, Duration.ofSeconds(30))
          .put(SdkHttpConfigurationOption.WRITE_TIMEOUT, Duration.ofSeconds(30))
          .put(SdkHttpConfigurationOption.CONNECTION_MAX_IDLE_TIMEOUT, Duration.ofSeconds(60))
          .put(SdkHttpConfigurationOption.TCP_KEEPALIVE, false)
          .build();

  /** A timeout is noticed up to this share of the shortest one late. */
  private static final int SWEEPS_PER_TIMEOUT = 10;

  private static final long SHORTEST_SWEEP_NANOS = 5_000_000;
  private static final long LONGEST_SWEEP_NANOS = 1_000_000_000;

  TransportConfig {
    requirePositive("maxConnections", maxConnections);
    requirePositive("maxPending", maxPending);
    requirePositive("acquireTimeout", acquireNanos);
    requirePositive("connectTimeout", connectMillis);
    requirePositive("handshakeTimeout", handshakeMillis);
    requirePositive("readTimeout", readNanos);
    requirePositive("writeTimeout", writeNanos);
    requirePositive("idleTimeout", idleNanos);
  }

  /** The settings in the SDK's words; each must be present. A timeout of zero means none. */
  static TransportConfig of(AttributeMap settings) {
    return new TransportConfig(
        settings.get(SdkHttpConfigurationOption.MAX_CONNECTIONS),
        settings.get(SdkHttpConfigurationOption.MAX_PENDING_CONNECTION_ACQUIRES),
        nanos(settings.get(SdkHttpConfigurationOption.CONNECTION_ACQUIRE_TIMEOUT)),
        (int)
            Math.min(
                Integer.MAX_VALUE,
                millis(settings.get(SdkHttpConfigurationOption.CONNECTION_TIMEOUT))),
        millis(settings.get(SdkHttpConfigurationOption.TLS_NEGOTIATION_TIMEOUT)),
        nanos(settings.get(SdkHttpConfigurationOption.READ_TIMEOUT)),
        nanos(settings.get(SdkHttpConfigurationOption.WRITE_TIMEOUT)),
        nanos(settings.get(SdkHttpConfigurationOption.CONNECTION_MAX_IDLE_TIMEOUT)),
        settings.get(SdkHttpConfigurationOption.TCP_KEEPALIVE),
        TlsMaterial.of(settings));
  }

  /** The time between two looks at the timeouts, in nanoseconds. */
  long sweepNanos() {
    long shortest =
        Math.min(Math.min(acquireNanos, idleNanos), Math.min(readNanos, writeNanos))
            / SWEEPS_PER_TIMEOUT;
    return Math.max(SHORTEST_SWEEP_NANOS, Math.min(LONGEST_SWEEP_NANOS, shortest));
  }

  private static long nanos(Duration timeout) {
    return timeout.isZero() || timeout.toDays() > 1 ? Long.MAX_VALUE : timeout.toNanos();
  }

  private static long millis(Duration timeout) {
    return timeout.isZero() || timeout.toDays() > 1 ? Long.MAX_VALUE : timeout.toMillis();
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "%s=%d is not allowed; %s takes a number over 0".formatted(name, value, name));
    }
  }
}
