package dev.fanbench.baseline.nodes;

import dev.fanbench.target.ShownAddress;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * The address of the Redis or Valkey that connects the nodes: {@code redis://HOST:PORT}, or {@code
 * rediss://HOST:PORT} with TLS.
 *
 * @param uri without user, password and path; the password comes from {@link #PASSWORD_VARIABLE}
 */
public record RedisAddress(URI uri) {
  /** The environment variable of the password. It is never an argument: those can be seen. */
  public static final String PASSWORD_VARIABLE = "FANBENCH_REDIS_PASSWORD";

  /** Checks the form. */
  public RedisAddress {
    if (!Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme()))
        || uri.getHost() == null
        || uri.getPort() < 1
        || uri.getUserInfo() != null
        || !uri.getPath().isEmpty()
        || uri.getQuery() != null) {
      throw refusal(uri.toString());
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static RedisAddress parse(String text) {
    try {
      return new RedisAddress(new URI(text));
    } catch (URISyntaxException unreadable) {
      // It is no cause, as its message would show the password.
      throw refusal(text);
    }
  }

  /** Java reads a host with {@code _} as no host. */
  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "--redis=%s is not allowed; --redis takes redis://HOST:PORT or rediss://HOST:PORT, without a user and without _ in HOST"
            .formatted(ShownAddress.of(text)));
  }

  RedisURI withTimeout(Duration timeout) {
    RedisURI.Builder builder =
        RedisURI.Builder.redis(uri.getHost(), uri.getPort())
            .withSsl(uri.getScheme().equals("rediss"))
            .withTimeout(timeout);
    String password = System.getenv(PASSWORD_VARIABLE);
    return password == null
        ? builder.build()
        : builder.withPassword(password.toCharArray()).build();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
