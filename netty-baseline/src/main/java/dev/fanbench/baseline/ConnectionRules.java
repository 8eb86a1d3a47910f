package dev.fanbench.baseline;

import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.rpc.RpcOptions;
import dev.fanbench.tokens.TokenKey;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for every connection of a server.
 *
 * @param profile the meaning of frames
 * @param limits the limits at which connections end
 * @param rpc options of binary requests, in both directions
 * @param clock dates messages, and tells the age of connections and of tokens
 * @param tokens checks the tokens of handshakes; empty when no token is asked for
 * @param origins origins of pages that may connect, such as {@code https://chat.example}; empty for
 *     all
 * @param deflate whether clients may agree to permessage-deflate
 * @param pingInterval the silence after which a client is pinged, and the time for each of two
 *     answers; zero for no pings
 */
@RecordBuilder
public record ConnectionRules(
    FrameProfile profile,
    ConnectionLimits limits,
    RpcOptions rpc,
    InstantSource clock,
    Optional<TokenKey> tokens,
    Set<String> origins,
    boolean deflate,
    Duration pingInterval)
    implements ConnectionRulesBuilder.With {
  /** Well below the 350 s after which AWS's network load balancers drop a silent flow. */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

  private static final Duration LONGEST_PING_INTERVAL = Duration.ofHours(1);
  private static final int ECHO_BYTES = 32 * 1024 * 1024;

  /** Keeps a copy of the origins. */
  public ConnectionRules {
    origins = Set.copyOf(origins);
    ServerOptions.check(
        !pingInterval.isNegative() && pingInterval.compareTo(LONGEST_PING_INTERVAL) <= 0,
        "ping-seconds",
        pingInterval.toSeconds(),
        "0 to " + LONGEST_PING_INTERVAL.toSeconds());
  }

  /** The values unless others are chosen. */
  public static ConnectionRules defaults() {
    return new ConnectionRules(
        FrameProfile.COMMON,
        ConnectionLimits.NONE,
        RpcOptions.defaults(),
        InstantSource.system(),
        Optional.empty(),
        Set.of(),
        false,
        PING_INTERVAL);
  }

  /** The longest frame that is taken. */
  int frameBytes() {
    return limits == ConnectionLimits.AWS ? ChatLimits.FRAME_BYTES : messageBytes();
  }

  /** The longest message that is taken, over all of its frames. */
  int messageBytes() {
    return profile == FrameProfile.ECHO ? ECHO_BYTES : ChatLimits.MESSAGE_BYTES;
  }

  /** The time of silence before a ping; zero for no pings, as API Gateway sends none. */
  Duration pings() {
    return limits == ConnectionLimits.AWS ? Duration.ZERO : pingInterval;
  }
}
