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
 * The layout {@code hot-item}: one item per room, with all members of the room. It exists to be
 * measured, not for production.
 *
 * <p>One call reads a room. The layout has four costs. Every join and leave rewrites the whole item
 * and is charged for it. Joins and leaves of one room run one after another. No time to live clears
 * a member that was left behind. At 400 KB, some 13,000 members, DynamoDB refuses the next member,
 * which receives the error frame.
 */
final class HotItemMembership implements TableMembership {
  private static final char BEFORE_SINCE = '@';

  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final BatchWriter batches;
  private final PagedQuery queries;

  HotItemMembership(DynamoDbAsyncClient client, String table, TableLayout rows) {
    this.client = client;
    this.table = table;
    this.rows = rows;
    this.batches = new BatchWriter(client, table);
    this.queries = new PagedQuery(client, table);
  }

  /** The item first: a room that is full then refuses the connection and leaves no row. */
  @Override
  public CompletableFuture<Void> connect(List<WriteRequest> connection, Member member) {
    return write(update("ADD", member.room(), List.of(member)))
        .thenCompose(joined -> batches.write(connection));
  }

  @Override
  public CompletableFuture<Void> leave(Member member) {
    return write(update("DELETE", member.room(), List.of(member)));
  }

  @Override
  public List<TransactWriteItem> swap(Member from, Member to) {
    return Stream.of(
            update("DELETE", from.room(), List.of(from)), update("ADD", to.room(), List.of(to)))
        .map(update -> TransactWriteItem.builder().update(update).build())
        .toList();
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return client
        .getItem(get -> get.tableName(table).key(rows.roomItem(room)).consistentRead(true))
        .thenAccept(
            found -> {
              if (found.item().containsKey("members")) {
                found.item().get("members").ss().forEach(entry -> each.accept(member(room, entry)));
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
        gone.stream().collect(groupingBy(Member::room)).entrySet().stream()
            .map(room -> write(update("DELETE", room.getKey(), room.getValue())));
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

  private Update update(String action, String room, List<Member> members) {
    List<String> entries = members.stream().map(HotItemMembership::entry).toList();
    return Update.builder()
        .tableName(table)
        .key(rows.roomItem(room))
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
