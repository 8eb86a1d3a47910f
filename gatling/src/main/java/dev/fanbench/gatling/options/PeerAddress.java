package dev.fanbench.gatling.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which shard 0 listens for the others.
 *
 * @param host a name or an address
 * @param port from 1
 */
public record PeerAddress(String host, int port) {
  static final String ALLOWED = "HOST or HOST:PORT of shard 0, with an IPv6 address in brackets";

  /** The port unless another one is given. */
  public static final int DEFAULT_PORT = 7411;

  /** The address at which shards of one machine meet. */
  static final PeerAddress LOOPBACK = new PeerAddress("127.0.0.1", DEFAULT_PORT);

  private static final Pattern TEXT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  /**
   * Reads what was typed.
   *
   * @throws IllegalArgumentException when it is no address
   */
  static PeerAddress parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    Option.require(matcher.matches());
    String port = matcher.group(2);
    return new PeerAddress(
        matcher.group(1), port == null ? DEFAULT_PORT : Option.within(port, 1, 65_535));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
