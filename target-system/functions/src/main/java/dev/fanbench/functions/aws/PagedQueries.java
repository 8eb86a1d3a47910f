package dev.fanbench.functions.aws;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Strongly consistent reads of whole partitions: the first on the caller's thread, the others
 * beside it, each page by page, and every row is handed over as soon as its page is there.
 */
final class PagedQueries {
  private final DynamoDbClient client;
  private final String table;
  private final Executor others = Executors.newCachedThreadPool(PagedQueries::daemon);

  PagedQueries(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  private static final AtomicInteger THREADS = new AtomicInteger();

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "fn-query-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads partitions, and returns when all are read.
   *
   * @param attributes the attributes wanted, comma separated
   * @param each called by several threads at the same time
   */
  void read(
      List<String> partitions, String attributes, Consumer<Map<String, AttributeValue>> each) {
    CompletableFuture<?>[] beside =
        partitions.stream()
            .skip(1)
            .map(
                partition ->
                    CompletableFuture.runAsync(() -> read(partition, attributes, each), others))
            .toArray(CompletableFuture[]::new);
    read(partitions.get(0), attributes, each);
    try {
      CompletableFuture.allOf(beside).join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void read(
      String partition, String attributes, Consumer<Map<String, AttributeValue>> each) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("pk = :pk")
            .expressionAttributeValues(Map.of(":pk", Rows.text(partition)))
            .projectionExpression(attributes)
            .build();
    QueryResponse page = client.query(request);
    page.items().forEach(each);
    while (!page.lastEvaluatedKey().isEmpty()) {
      page = client.query(request.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build());
      page.items().forEach(each);
    }
  }
}
