package dev.fanbench.emulator.store;

import dev.fanbench.target.RedisServer;
import dev.fanbench.target.ShownAddress;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A Redis server. It is either started here and stopped with the emulator, or one that runs already
 * and is left unchanged.
 */
public final class Redis implements LocalStore {
  private final URI endpoint;
  private final RedisUsage figures;
  private final Runnable end;

  private Redis(URI endpoint, Runnable end) {
    this.endpoint = endpoint;
    this.figures = new RedisUsage(endpoint);
    this.end = end;
  }

  /**
   * Starts a {@code redis-server}.
   *
   * @throws StoreException if there is none to start, or it does not
   */
  public static Redis start() {
    try {
      RedisServer server = RedisServer.start();
      return new Redis(server.uri(), server::close);
    } catch (IOException failed) {
      throw new StoreException(failed.getMessage(), failed);
    }
  }

  /**
   * Uses a server that runs already. Its content is kept.
   *
   * @param endpoint {@code redis://host:port}
   * @throws StoreException if no server answers at the address
   * @throws IllegalArgumentException if it is no such address
   */
  public static Redis at(URI endpoint) {
    requireAddress(endpoint);
    Redis redis = new Redis(endpoint, () -> {});
    try {
      redis.figures.read();
      return redis;
    } catch (IOException silent) {
      throw new StoreException(
          "no Redis answers at %s: %s".formatted(endpoint, silent.getMessage()), silent);
    }
  }

  /**
   * Checks an address.
   *
   * @throws IllegalArgumentException if it is not {@code redis://host:port}
   */
  public static void requireAddress(URI endpoint) {
    if (!"redis".equals(endpoint.getScheme())
        || endpoint.getHost() == null
        || endpoint.getPort() < 1
        || endpoint.getUserInfo() != null
        || !endpoint.getPath().isEmpty()) {
      throw new IllegalArgumentException(
          "--redis=%s is not allowed; --redis takes redis://HOST:PORT, without a user and without _ in HOST"
              .formatted(ShownAddress.of(endpoint.toString())));
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  /**
   * {@code redis.cpuMicros} of the server's process, {@code redis.usedBytes}, and the calls of each
   * command, those that scripts make included. All are the server's own figures since it started;
   * empty when it does not answer.
   */
  @Override
  public Map<String, Long> counters() {
    try {
      return figures.read();
    } catch (IOException silent) {
      return Map.of();
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
