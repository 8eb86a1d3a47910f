package dev.fanbench.functions.aws;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.MessageLog;
import dev.fanbench.functions.chat.StoredMessage;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Messages as rows of the table, one call each; they live as long as the settings say. */
final class DynamoDbMessageLog implements MessageLog {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;

  DynamoDbMessageLog(DynamoDbAsyncClient client, DeploymentSettings settings) {
    this.client = client;
    this.table = settings.table();
    this.rows = new TableLayout(settings);
  }

  @Override
  public CompletableFuture<Void> append(StoredMessage message) {
    return client
        .putItem(put -> put.tableName(table).item(rows.message(message)))
        .thenAccept(stored -> {});
  }
}
