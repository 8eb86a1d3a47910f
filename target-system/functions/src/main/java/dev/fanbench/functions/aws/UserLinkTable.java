package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Links users to their connections by one row per connection. A link is valid only while the
 * connection's own row exists. A link that a dying process or a 410 left behind is therefore
 * ignored, and expires like all rows.
 */
final class UserLinkTable {
  private static final String USER = "user";

  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final PagedQuery queries;

  UserLinkTable(DynamoDbAsyncClient client, String table, TableLayout rows) {
    this.client = client;
    this.table = table;
    this.rows = rows;
    this.queries = new PagedQuery(client, table);
  }

  /** The write that links a new connection to its user. */
  WriteRequest link(String user, Member member) {
    return BatchWriter.put(rows.link(user, member));
  }

  /** Removes the link of a connection whose row was {@code connection}; 1 call if it has one. */
  CompletableFuture<Void> unlink(String id, Map<String, AttributeValue> connection) {
    if (!connection.containsKey(USER)) {
      return CompletableFuture.completedFuture(null);
    }
    Map<String, AttributeValue> link = rows.linkKey(connection.get(USER).s(), id);
    return client.deleteItem(delete -> delete.tableName(table).key(link)).thenAccept(deleted -> {});
  }

  /** The ids of a user's connections; 1 call for a page of them, and 1 for each. */
  CompletableFuture<Set<String>> of(String user) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    return queries
        .read(List.of(rows.linkPartition(user)), "sk", row -> ids.add(row.get("sk").s()))
        .thenCompose(
            read ->
                CompletableFuture.allOf(
                    ids.stream()
                        .map(id -> removeIfGone(id, ids))
                        .toArray(CompletableFuture[]::new)))
        .thenApply(checked -> ids);
  }

  private CompletableFuture<Void> removeIfGone(String id, Set<String> ids) {
    return client
        .getItem(get -> get.tableName(table).key(rows.connectionKey(id)).consistentRead(true))
        .thenAccept(
            found -> {
              if (!found.hasItem()) {
                ids.remove(id);
              }
            });
  }
}
