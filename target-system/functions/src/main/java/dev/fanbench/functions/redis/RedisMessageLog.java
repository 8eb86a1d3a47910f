package dev.fanbench.functions.redis;

import dev.fanbench.functions.chat.MessageLog;
import dev.fanbench.functions.chat.StoredMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Messages in a stream for each room, one call each: the last 1,000 that are not older than the
 * time to live. Memory is what a message costs here, so there is a cap that a table does not need.
 */
final class RedisMessageLog implements MessageLog {
  static final int MOST_PER_ROOM = 1_000;

  private final RedisAsyncCommands<String, String> redis;
  private final Duration timeToLive;

  RedisMessageLog(RedisAsyncCommands<String, String> redis, Duration timeToLive) {
    this.redis = redis;
    this.timeToLive = timeToLive;
  }

  @Override
  public CompletableFuture<Void> append(StoredMessage message) {
    return Script.APPEND
        .run(
            redis,
            List.of(RedisKey.messages(message.sender().room())),
            List.of(
                Integer.toString(MOST_PER_ROOM),
                Long.toString(message.sentAtMillis() - timeToLive.toMillis()),
                Long.toString(timeToLive.toSeconds()),
                "id",
                message.id(),
                "by",
                message.sender().connectionId(),
                "who",
                message.sender().name(),
                "at",
                Long.toString(message.sentAtMillis()),
                "text",
                message.text()))
        .thenAccept(stored -> {});
  }
}
