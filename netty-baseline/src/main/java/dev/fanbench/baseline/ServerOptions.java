package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerLoopGroup;
import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.baseline.chat.RoomLimits;
import dev.fanbench.baseline.nodes.RedisAddress;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The options of a server.
 *
 * @param host the address to listen at
 * @param port the port to listen at, 0 for any free one
 * @param stage the one path that is served, without slashes
 * @param loops event loops, each a thread
 * @param transport the kernel's interface
 * @param broadcast the way that publications are delivered
 * @param slow the bounds of slow subscribers, and the policy for them
 * @param rooms bounds on rooms and their history
 * @param redis the Redis that connects this node with others; empty for a server of its own
 * @param drainMillis the time that each step of a stop may take
 * @param rules the rules for each connection
 */
@RecordBuilder
public record ServerOptions(
    String host,
    int port,
    String stage,
    int loops,
    ServerTransport transport,
    BroadcastKind broadcast,
    SlowRules slow,
    RoomLimits rooms,
    Optional<RedisAddress> redis,
    long drainMillis,
    ConnectionRules rules)
    implements ServerOptionsBuilder.With {

  /** Checks ranges; a message names the option, the value and what is allowed. */
  public ServerOptions {
    check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    check(stage.matches("[A-Za-z0-9_-]+"), "stage", stage, "letters, digits, - and _");
    check(loops >= 1 && loops <= 256, "loops", loops, "1 to 256");
    check(rooms.emptyRooms() >= 0, "rooms", rooms.emptyRooms(), "0 or more");
    check(
        rooms.roomHistoryBytes() >= 0, "room-history-bytes", rooms.roomHistoryBytes(), "0 or more");
    check(rooms.historyBytes() >= 0, "history-bytes", rooms.historyBytes(), "0 or more");
    check(drainMillis >= 0, "drain-millis", drainMillis, "0 or more");
    broadcast.checkSupports(slow.policy());
    if (rules.deflate() && !broadcast.deflates()) {
      throw new IllegalArgumentException(
          "broadcast is %s; with it, --deflate is off".formatted(broadcast));
    }
  }

  /** On any free port of loopback, with everything else as users get it. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1",
        0,
        "dev",
        ServerLoopGroup.defaultCount(),
        ServerTransport.best(),
        BroadcastKind.JOINED,
        SlowRules.defaults(),
        RoomLimits.defaults(),
        Optional.empty(),
        5_000,
        ConnectionRules.defaults());
  }

  /** Throws in one wording. */
  static void check(boolean good, String option, Object value, String allowed) {
    if (!good) {
      throw new IllegalArgumentException(
          "--%s=%s is not allowed; --%1$s takes %s".formatted(option, value, allowed));
    }
  }
}
