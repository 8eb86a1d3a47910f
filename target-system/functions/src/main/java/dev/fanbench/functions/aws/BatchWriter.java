package dev.fanbench.functions.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes and deletes in batches of 25, DynamoDB's limit. A batch is no transaction: what DynamoDB
 * hands back unprocessed is sent again, which the SDK leaves to its caller.
 */
final class BatchWriter {
  private static final int BATCH = 25;
  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_MILLIS = 25;

  private final DynamoDbAsyncClient client;
  private final String table;

  BatchWriter(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  static WriteRequest put(Map<String, AttributeValue> row) {
    return WriteRequest.builder().putRequest(put -> put.item(row)).build();
  }

  static WriteRequest delete(Map<String, AttributeValue> key) {
    return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
  }

  /** Completes when all are done; fails when one is still unprocessed after six attempts. */
  CompletableFuture<Void> write(List<WriteRequest> writes) {
    List<CompletableFuture<Void>> batches = new ArrayList<>();
    for (int from = 0; from < writes.size(); from += BATCH) {
      batches.add(write(writes.subList(from, Math.min(from + BATCH, writes.size())), 1));
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> write(List<WriteRequest> batch, int attempt) {
    return client
        .batchWriteItem(request -> request.requestItems(Map.of(table, batch)))
        .thenCompose(
            response -> {
              List<WriteRequest> left = response.unprocessedItems().getOrDefault(table, List.of());
              if (left.isEmpty()) {
                return CompletableFuture.completedFuture(null);
              }
              if (attempt == ATTEMPTS) {
                throw new IllegalStateException(
                    "%d of %d writes unprocessed after %d attempts"
                        .formatted(left.size(), batch.size(), ATTEMPTS));
              }
              return CompletableFuture.runAsync(() -> {}, pauseBefore(attempt))
                  .thenCompose(paused -> write(left, attempt + 1));
            });
  }

  private static Executor pauseBefore(int attempt) {
    return CompletableFuture.delayedExecutor(
        FIRST_PAUSE_MILLIS << (attempt - 1), TimeUnit.MILLISECONDS, Runnable::run);
  }
}
