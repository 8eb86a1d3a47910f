package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.measurement.clock.NanoClock;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a fleet.
 *
 * @param target {@code ws://} or {@code wss://} with host, path and query
 * @param others further addresses of the same chat; connections are made to all in turn
 * @param clock the run's clock; every time the fleet hands out is on it
 * @param loops event loops, at least 1
 * @param headers sent with every handshake
 * @param credential sent with each handshake
 * @param identities the name and credentials of each client
 * @param connectTimeout from the attempt to the end of the handshake
 * @param replyTimeout the time that {@link Client#join} waits for its answer
 * @param sources addresses that connections come from in turn
 * @param trust certificates accepted for {@code wss}
 * @param dialect the protocol of the target
 * @param trace told of every frame; only for a check of a server, since it costs time
 * @param deflate whether permessage-deflate is offered; messages are inflated on the loop
 */
@RecordBuilder
public record FleetOptions(
    URI target,
    List<URI> others,
    NanoClock clock,
    int loops,
    Map<String, String> headers,
    HandshakeCredential credential,
    IdentityTable identities,
    Duration connectTimeout,
    Duration replyTimeout,
    SourceSet sources,
    Trust trust,
    Dialect dialect,
    boolean deflate,
    Optional<FrameTrace> trace)
    implements FleetOptionsBuilder.With {

  public FleetOptions {
    others = List.copyOf(others);
    requireAddress(target);
    others.forEach(FleetOptions::requireAddress);
    require(loops >= 1, "loops", loops, "1 or more");
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("replyTimeout", replyTimeout);
    headers = Map.copyOf(headers);
    headers.forEach(FleetOptions::requireHeader);
  }

  /** The defaults: one loop on up to two processors, otherwise one for each four. */
  public static FleetOptions of(URI target, NanoClock clock) {
    return new FleetOptions(
        target,
        List.of(),
        clock,
        Math.max(1, Runtime.getRuntime().availableProcessors() / 4),
        Map.of(),
        HandshakeCredential.none(),
        IdentityTable.numbered(""),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        SourceSet.AUTOMATIC,
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

  /** Connects to all these addresses in turn. */
  public FleetOptions withTargets(List<URI> targets) {
    return withTarget(targets.get(0)).withOthers(targets.subList(1, targets.size()));
  }

  private static void requireAddress(URI target) {
    String scheme = target.getScheme();
    require(
        ("ws".equals(scheme) || "wss".equals(scheme)) && target.getHost() != null,
        "target",
        target,
        "ws://host[:port]/path or wss://host[:port]/path");
  }

  private static void requireHeader(String name, String value) {
    require(HandshakeHeader.isName(name), "header", name, HandshakeHeader.ALLOWED_NAMES);
    require(
        HandshakeHeader.isValue(value),
        "header." + name,
        ClientIdentity.HIDDEN,
        "printable ASCII in one line");
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
