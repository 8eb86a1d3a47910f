package dev.fanbench.functions.aws;

import static java.util.stream.Collectors.groupingBy;

import dev.fanbench.functions.chat.Member;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The layouts {@code packed} and {@code hot-item}: the members of a room are string sets in a few
 * items, or in one. A member's item follows from its id.
 *
 * <p>One query reads a room, and a row of the answer holds many members. It has four costs. Every
 * join and leave rewrites an item and is charged for all of it. Joins and leaves of one item run
 * one after another. No time to live clears a member that was left behind. At 400 KB, some 13,600
 * members, DynamoDB refuses an item's next member, which receives the error frame.
 */
final class PackedMembership implements TableMembership {
  private static final char BEFORE_SINCE = '@';

  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final int items;
  private final BatchWriter batches;
  private final PagedQuery queries;

  /**
   * @param items for each room, 1 or more; another number does not find the members of before
   */
  PackedMembership(DynamoDbAsyncClient client, String table, TableLayout rows, int items) {
    this.client = client;
    this.table = table;
    this.rows = rows;
    this.items = items;
    this.batches = new BatchWriter(client, table);
    this.queries = new PagedQuery(client, table);
  }

  /** The item first: a room that is full then refuses the connection and leaves no row. */
  @Override
  public CompletableFuture<Void> connect(List<WriteRequest> connection, Member member) {
    return write(update("ADD", item(member), List.of(member)))
        .thenCompose(joined -> batches.write(connection));
  }

  @Override
  public CompletableFuture<Void> leave(Member member) {
    return write(update("DELETE", item(member), List.of(member)));
  }

  @Override
  public List<TransactWriteItem> swap(Member from, Member to) {
    return Stream.of(
            update("DELETE", item(from), List.of(from)), update("ADD", item(to), List.of(to)))
        .map(update -> TransactWriteItem.builder().update(update).build())
        .toList();
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return queries.read(
        List.of(rows.packedPartition(room)),
        "members",
        row -> {
          if (row.containsKey("members")) {
            row.get("members").ss().forEach(entry -> each.accept(member(room, entry)));
          }
        });
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return queries.connections(rows, each);
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    Stream<CompletableFuture<Void>> items =
        gone.stream().collect(groupingBy(this::item)).entrySet().stream()
            .map(item -> write(update("DELETE", item.getKey(), item.getValue())));
    CompletableFuture<Void> connections =
        batches.write(
            gone.stream()
                .map(member -> BatchWriter.delete(rows.connectionKey(member.connectionId())))
                .toList());
    return CompletableFuture.allOf(
        Stream.concat(items, Stream.of(connections)).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> write(Update update) {
    return client
        .updateItem(
            request ->
                request
                    .tableName(update.tableName())
                    .key(update.key())
                    .updateExpression(update.updateExpression())
                    .expressionAttributeValues(update.expressionAttributeValues()))
        .thenAccept(written -> {});
  }

  private Map<String, AttributeValue> item(Member member) {
    return rows.packedItem(member.connectionId(), member.room(), items);
  }

  private Update update(String action, Map<String, AttributeValue> key, List<Member> members) {
    List<String> entries = members.stream().map(PackedMembership::entry).toList();
    return Update.builder()
        .tableName(table)
        .key(key)
        .updateExpression(action + " members :entries")
        .expressionAttributeValues(Map.of(":entries", AttributeValue.fromSs(entries)))
        .build();
  }

  private static String entry(Member member) {
    return member.connectionId() + BEFORE_SINCE + member.connectedAtMillis();
  }

  private static Member member(String room, String entry) {
    int at = entry.lastIndexOf(BEFORE_SINCE);
    return new Member(entry.substring(0, at), room, Long.parseLong(entry.substring(at + 1)));
  }
}
