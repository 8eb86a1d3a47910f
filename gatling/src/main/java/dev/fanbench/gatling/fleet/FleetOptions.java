package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.measurement.clock.NanoClock;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a fleet.
 *
 * @param target {@code ws://} or {@code wss://} with host, path and query
 * @param clock the run's clock; every time the fleet hands out is on it
 * @param loops event loops, at least 1
 * @param headers sent with every handshake
 * @param credential sent with each handshake
 * @param connectTimeout from the attempt to the end of the handshake
 * @param replyTimeout the time that {@link Client#join} waits for its answer
 * @param sources addresses 127.0.0.1 to 127.0.0.{@code sources} that connections to a loopback
 *     target come from in turn, because one pair of addresses has only some 28,000 ports; 0 leaves
 *     the choice to the system. Ignored for other targets.
 * @param trust certificates accepted for {@code wss}
 * @param dialect the protocol of the target
 * @param trace told of every frame; only for a check of a server, since it costs time
 * @param deflate whether permessage-deflate is offered; messages are inflated on the loop
 */
@RecordBuilder
public record FleetOptions(
    URI target,
    NanoClock clock,
    int loops,
    Map<String, String> headers,
    HandshakeCredential credential,
    Duration connectTimeout,
    Duration replyTimeout,
    int sources,
    Trust trust,
    Dialect dialect,
    boolean deflate,
    Optional<FrameTrace> trace)
    implements FleetOptionsBuilder.With {

  private static final Set<String> OURS =
      Set.of(
          "host",
          "upgrade",
          "connection",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-extensions",
          "sec-websocket-protocol");

  private static final int MAX_SOURCES = 254;

  public FleetOptions {
    String scheme = target.getScheme();
    require(
        ("ws".equals(scheme) || "wss".equals(scheme)) && target.getHost() != null,
        "target",
        target,
        "ws://host[:port]/path or wss://host[:port]/path");
    require(loops >= 1, "loops", loops, "1 or more");
    require(
        sources >= 0 && sources <= MAX_SOURCES, "sources", sources, "between 0 and " + MAX_SOURCES);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("replyTimeout", replyTimeout);
    headers = Map.copyOf(headers);
    headers.forEach(FleetOptions::requireHeader);
  }

  /** The defaults: one loop on up to two processors, otherwise one for each four. */
  public static FleetOptions of(URI target, NanoClock clock) {
    return new FleetOptions(
        target,
        clock,
        Math.max(1, Runtime.getRuntime().availableProcessors() / 4),
        Map.of(),
        HandshakeCredential.none(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        onLinux() ? 8 : 0,
        new Trust.Jvm(),
        Dialect.fanbench(),
        false,
        Optional.empty());
  }

  /** Bearers of tokens, one after the other. */
  public FleetOptions withTokens(List<String> values) {
    values.forEach(value -> requireHeader("Authorization", value));
    return withCredential(HandshakeCredential.tokens(values));
  }

  /** A copy of these options with other timeouts. */
  public FleetOptions withTimeouts(Duration connect, Duration reply) {
    return withConnectTimeout(connect).withReplyTimeout(reply);
  }

  /** Only Linux answers on all of 127.0.0.0/8 without set-up. */
  private static boolean onLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
  }

  private static void requireHeader(String name, String value) {
    require(
        name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
            && !OURS.contains(name.toLowerCase(Locale.ROOT)),
        "header",
        name,
        "an HTTP field name that the WebSocket handshake does not set itself");
    boolean plain = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    require(plain, "header." + name, "(not shown)", "printable ASCII in one line");
  }

  private static void requirePositive(String key, Duration value) {
    require(!value.isZero() && !value.isNegative(), key, value, "over 0");
  }

  private static void require(boolean ok, String key, Object value, String allowed) {
    if (!ok) {
      throw new IllegalArgumentException(key + "=" + value + " is not allowed, must be " + allowed);
    }
  }
}
