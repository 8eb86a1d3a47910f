package dev.fanbench.baseline.nodes;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Opens pairs of connections to Redis, on threads of their own: one that listens and one that
 * publishes. A connection that breaks is not opened again by the client library, which would send
 * unconfirmed commands a second time.
 */
final class RedisConnector implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A peer that is gone without a word is given up after this long. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  static {
    // The server may have io_uring for its clients. Lettuce takes epoll then, and warns four times
    // that it could choose.
    if (System.getProperty("io.lettuce.core.iouring") == null) {
      System.setProperty("io.lettuce.core.iouring", "false");
    }
  }

  /**
   * Wakes once a second, and not ten times as the client library's own does. Only timeouts of
   * several seconds are on it.
   */
  private final HashedWheelTimer timer =
      new HashedWheelTimer(new DefaultThreadFactory("lettuce-timer", true), 1, TimeUnit.SECONDS);

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;

  /** The channel that was opened last; connections are opened one after another. */
  private volatile Channel opened;

  /** Both connections, and their channels. */
  record Pair(
      StatefulRedisPubSubConnection<String, byte[]> listening,
      Channel listeningChannel,
      StatefulRedisConnection<String, byte[]> publishing,
      Channel publishingChannel) {

    boolean isOpen() {
      return listening.isOpen() && publishing.isOpen();
    }

    void close() {
      listening.closeAsync();
      publishing.closeAsync();
    }
  }

  RedisConnector(RedisAddress address) {
    uri = address.withTimeout(TIMEOUT);
    resources =
        ClientResources.builder()
            .timer(timer)
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    opened = channel;
                  }
                })
            .build();
    client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(TIMEOUT)
                    .keepAlive(
                        SocketOptions.KeepAliveOptions.builder()
                            .enable()
                            .idle(SILENCE.dividedBy(3))
                            .interval(SILENCE.dividedBy(3))
                            .count(2)
                            .build())
                    .tcpUserTimeout(
                        SocketOptions.TcpUserTimeoutOptions.builder()
                            .enable()
                            .tcpUserTimeout(SILENCE)
                            .build())
                    .build())
            .build());
  }

  /** Opens both connections; fails with neither left open. */
  CompletableFuture<Pair> connect() {
    return client
        .connectPubSubAsync(CODEC, uri)
        .toCompletableFuture()
        .thenCompose(
            listening -> {
              Channel listeningChannel = opened;
              return client
                  .connectAsync(CODEC, uri)
                  .toCompletableFuture()
                  .thenApply(
                      publishing -> new Pair(listening, listeningChannel, publishing, opened))
                  .whenComplete(
                      (pair, failed) -> {
                        if (failed != null) {
                          listening.closeAsync();
                        }
                      });
            });
  }

  /** Runs an action later, on a thread of the client library. */
  void schedule(Runnable action, long millis) {
    if (!resources.eventExecutorGroup().isShuttingDown()) {
      resources.eventExecutorGroup().schedule(action, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, TIMEOUT);
    resources.shutdown(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    timer.stop();
  }
}
