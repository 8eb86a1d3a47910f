package dev.fanbench.functions.aws;

import dev.fanbench.functions.Settings;
import dev.fanbench.functions.chat.Store;
import dev.fanbench.functions.redis.RedisStore;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Opens the store that the settings name. */
final class Stores {
  private Stores() {}

  /**
   * Called once per execution environment.
   *
   * @param table makes the client of a table, if one is needed
   */
  static Store open(Settings settings, Supplier<DynamoDbAsyncClient> table, Clock clock) {
    return settings
        .redis()
        .map(redis -> RedisStore.open(redis, settings.messageTtl(), clock))
        .orElseGet(() -> inTable(table.get(), settings, clock));
  }

  private static Store inTable(DynamoDbAsyncClient client, Settings settings, Clock clock) {
    return new Store(
        new DynamoDbRegistry(client, settings, clock), new DynamoDbMessageLog(client, settings));
  }
}
