package dev.fanbench.gatling.target;

import dev.fanbench.tokens.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The users that the load connects as. Their tokens are signed before the first connection, so that
 * no connect latency has a signature of ours in it; beyond so many connections, users have several.
 */
final class LoadUserList {
  private static final int USERS = 1_000;

  /** Longer than any run, so that none expires under load. */
  private static final Duration LIFE = Duration.ofDays(1);

  private LoadUserList() {}

  static List<String> of(TokenKey key, Instant now) {
    return IntStream.range(0, USERS)
        .mapToObj(user -> key.sign("user-" + user, now.plus(LIFE)))
        .toList();
  }
}
