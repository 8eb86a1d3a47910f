package dev.fanbench.functions.aws;

import dev.fanbench.functions.Settings;
import dev.fanbench.functions.chat.MessageLog;
import dev.fanbench.functions.chat.StoredMessage;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Messages as rows of the table, one call each; they live as long as the settings say. */
final class DynamoDbMessageLog implements MessageLog {
  private final DynamoDbClient client;
  private final String table;
  private final Rows rows;

  DynamoDbMessageLog(DynamoDbClient client, Settings settings) {
    this.client = client;
    this.table = settings.table();
    this.rows = new Rows(settings);
  }

  @Override
  public void append(StoredMessage message) {
    client.putItem(put -> put.tableName(table).item(rows.message(message)));
  }
}
