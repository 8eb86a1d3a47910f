package dev.fanbench.functions.aws;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.ChatStore;
import dev.fanbench.functions.redis.RedisStore;
import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Opens the store that the settings name. */
final class StoreFactory {
  private StoreFactory() {}

  /**
   * Called once per execution environment.
   *
   * @param table makes the client of a table, if one is needed
   */
  static ChatStore open(
      DeploymentSettings settings, Supplier<DynamoDbAsyncClient> table, Clock clock) {
    return settings
        .redis()
        .map(redis -> RedisStore.open(redis, settings.messageTtl(), clock))
        .orElseGet(() -> inTable(table.get(), settings, clock));
  }

  private static ChatStore inTable(
      DynamoDbAsyncClient client, DeploymentSettings settings, Clock clock) {
    return new ChatStore(
        new DynamoDbRegistry(client, settings, clock), new DynamoDbMessageLog(client, settings));
  }
}
