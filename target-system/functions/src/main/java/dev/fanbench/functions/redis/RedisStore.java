package dev.fanbench.functions.redis;

import dev.fanbench.functions.chat.ChatStore;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * Opens a store in Redis: one connection for each execution environment, on which calls do not wait
 * for each other. Completions run on the client's own thread.
 */
public final class RedisStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Threads of this process, however many environments it holds. */
  private static final class Threads {
    static final ClientResources SHARED = ClientResources.builder().ioThreadPoolSize(2).build();
  }

  private RedisStore() {}

  /**
   * Connects. The connection lasts as long as the environment and is opened again when it breaks.
   *
   * @param address {@code redis://host:port}, or {@code rediss://} with TLS
   * @param messageTtl the lifetime of messages
   * @throws io.lettuce.core.RedisConnectionException if no server answers at the address
   */
  public static ChatStore open(URI address, Duration messageTtl, Clock clock) {
    RedisAsyncCommands<String, String> redis = connect(address).async();
    return new ChatStore(new RedisRegistry(redis, clock), new RedisMessageLog(redis, messageTtl));
  }

  static StatefulRedisConnection<String, String> connect(URI address) {
    RedisURI uri = RedisURI.create(address);
    uri.setTimeout(TIMEOUT);
    RedisClient client = RedisClient.create(Threads.SHARED, uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
            .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
            .build());
    return client.connect();
  }
}
