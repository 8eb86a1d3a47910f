package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.baseline.nodes.RedisAddress;
import dev.fanbench.target.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Two nodes of one chat, and the Redis between them. */
final class NodePair implements AutoCloseable {
  private final int port;
  private RedisServer redis;
  private final NettyServer first;
  private final NettyServer second;

  private NodePair(RedisServer redis, ServerOptions options) throws IOException {
    this.redis = redis;
    this.port = redis.uri().getPort();
    ServerOptions node = options.withRedis(Optional.of(new RedisAddress(redis.uri())));
    this.first = NettyServer.start(node);
    this.second = NettyServer.start(node);
  }

  static NodePair start(ServerOptions options) throws IOException {
    return new NodePair(RedisServer.start(), options);
  }

  NettyServer first() {
    return first;
  }

  NettyServer second() {
    return second;
  }

  List<NettyServer> all() {
    return List.of(first, second);
  }

  RedisServer redis() {
    return redis;
  }

  void killRedis() {
    redis.close();
  }

  void restartRedis() throws IOException {
    redis = RedisServer.start(port);
  }

  /** Returns when all that has been said has reached the members of both nodes. */
  void settle() {
    for (NettyServer node : all()) {
      Awaited.counter(node, "relay.pendingBytes", 0);
    }
    Awaited.figure("messages under way", () -> sum("relay.passedOn") - sum("relay.heard"), 0);
    try {
      for (NettyServer node : all()) {
        node.loops().settle(1_000);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long sum(String counter) {
    return all().stream().mapToLong(node -> node.counters().get(counter)).sum();
  }

  @Override
  public void close() {
    first.close();
    second.close();
    redis.close();
    assertEquals(0, first.pinnedDirectBytes(), "every buffer is released");
    assertEquals(0, second.pinnedDirectBytes(), "every buffer is released");
  }
}
