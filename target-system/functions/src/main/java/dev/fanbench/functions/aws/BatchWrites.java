package dev.fanbench.functions.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes and deletes in batches of 25, DynamoDB's limit. A batch is no transaction: what DynamoDB
 * hands back unprocessed is sent again, which the SDK leaves to its caller.
 */
final class BatchWrites {
  private static final int BATCH = 25;
  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_MILLIS = 25;

  private final DynamoDbClient client;
  private final String table;

  BatchWrites(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  static WriteRequest put(Map<String, AttributeValue> row) {
    return WriteRequest.builder().putRequest(put -> put.item(row)).build();
  }

  static WriteRequest delete(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  /**
   * Does them all.
   *
   * @throws IllegalStateException if one is still unprocessed after six attempts
   */
  void write(List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += BATCH) {
      writeBatch(writes.subList(from, Math.min(from + BATCH, writes.size())));
    }
  }

  private void writeBatch(List<WriteRequest> batch) {
    List<WriteRequest> left = send(batch);
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "%d of %d writes unprocessed after %d attempts"
                .formatted(left.size(), batch.size(), ATTEMPTS));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << (attempt - 1)));
      left = send(left);
    }
  }

  private List<WriteRequest> send(List<WriteRequest> batch) {
    return client
        .batchWriteItem(request -> request.requestItems(Map.of(table, batch)))
        .unprocessedItems()
        .getOrDefault(table, List.of());
  }
}
