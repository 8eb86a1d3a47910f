package dev.fanbench.gatling.target;

import dev.fanbench.gatling.fleet.HandshakeCredential;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.signature.Signer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Signature Version 4 in the headers of handshakes. One signature serves all connects of a minute,
 * so that hardly any connect latency has the signing in it; AWS takes it for five. Thread-safe.
 */
public final class ConnectSigner implements HandshakeCredential {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Signer signer;
  private final URI target;
  private final Clock clock;
  private volatile Signed latest = new Signed("", Instant.MIN);

  private record Signed(String lines, Instant until) {}

  /**
   * @param signer for the target's region
   * @param target where clients connect
   * @param clock tells when a signature is a minute old
   */
  public ConnectSigner(Signer signer, URI target, Clock clock) {
    this.signer = signer;
    this.target = target;
    this.clock = clock;
  }

  /** The credential that connects to a remote target carry, by the options. */
  public static HandshakeCredential of(Options options, URI target) {
    Clock clock = Clock.systemUTC();
    return options
        .signing()
        .<HandshakeCredential>map(
            signing -> new ConnectSigner(signing.signer(target), target, clock))
        .orElseGet(HandshakeCredential::none);
  }

  @Override
  public String lines(int n) {
    Instant now = clock.instant();
    Signed signed = latest;
    if (!now.isBefore(signed.until())) {
      signed = new Signed(sign(now), now.plus(FRESH));
      latest = signed;
    }
    return signed.lines();
  }

  private String sign(Instant at) {
    StringBuilder lines = new StringBuilder();
    signer
        .headers("GET", target, at)
        .forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    return lines.toString();
  }
}
