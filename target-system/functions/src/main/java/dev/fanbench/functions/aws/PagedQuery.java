package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Strongly consistent reads of whole partitions: partitions in parallel, each page by page, every
 * row handed over as soon as its page is there.
 */
final class PagedQuery {
  private final DynamoDbAsyncClient client;
  private final String table;

  PagedQuery(DynamoDbAsyncClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Reads partitions.
   *
   * @param attributes the attributes wanted, comma separated
   */
  CompletableFuture<Void> read(
      List<String> partitions, String attributes, Consumer<Map<String, AttributeValue>> each) {
    return CompletableFuture.allOf(
        partitions.stream()
            .map(partition -> page(first(partition, attributes), each))
            .toArray(CompletableFuture[]::new));
  }

  /** Reads the first rows of a partition, in the order of their sort keys, by one call. */
  CompletableFuture<List<Map<String, AttributeValue>>> first(
      String partition, String attributes, int rows) {
    return client
        .query(first(partition, attributes).toBuilder().limit(rows).build())
        .thenApply(QueryResponse::items);
  }

  /** Reads every connection. */
  CompletableFuture<Void> connections(TableLayout rows, Consumer<Member> each) {
    return read(
        rows.connectionPartitions(),
        "sk, room, since",
        row -> each.accept(TableLayout.member(row.get("sk").s(), row)));
  }

  private QueryRequest first(String partition, String attributes) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", TableLayout.text(partition)))
        .projectionExpression(attributes)
        .build();
  }

  private CompletableFuture<Void> page(
      QueryRequest request, Consumer<Map<String, AttributeValue>> each) {
    return client
        .query(request)
        .thenCompose(
            page -> {
              page.items().forEach(each);
              return page.lastEvaluatedKey().isEmpty()
                  ? CompletableFuture.completedFuture(null)
                  : page(
                      request.toBuilder().exclusiveStartKey(page.lastEvaluatedKey()).build(), each);
            });
  }
}
