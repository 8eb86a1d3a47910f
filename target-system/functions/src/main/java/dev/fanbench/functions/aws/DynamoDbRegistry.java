package dev.fanbench.functions.aws;

import static dev.fanbench.functions.aws.Rows.text;

import dev.fanbench.functions.Settings;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.UnknownConnectionException;
import dev.fanbench.protocol.Rooms;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The registry in DynamoDB.
 *
 * <table>
 *   <caption>Calls, where a page is 1 MB of rows, some 9,000 members</caption>
 *   <tr><th>method</th><th>calls</th></tr>
 *   <tr><td>{@link #connect}</td><td>1</td></tr>
 *   <tr><td>{@link #disconnect}</td><td>2</td></tr>
 *   <tr><td>{@link #sender}</td><td>1</td></tr>
 *   <tr><td>{@link #rename}</td><td>1</td></tr>
 *   <tr><td>{@link #move}</td><td>2, and 1 more when this process has not seen the room before</td></tr>
 *   <tr><td>{@link #rooms}</td><td>1 per page</td></tr>
 *   <tr><td>{@link #members}</td><td>1 per room shard and page</td></tr>
 *   <tr><td>{@link #everyone}</td><td>1 per connection shard and page</td></tr>
 *   <tr><td>{@link #forget}</td><td>2 per 25 members</td></tr>
 * </table>
 *
 * <p>So a line of chat costs 2 calls (sender, message log) and one for each shard of the room.
 */
final class DynamoDbRegistry implements Registry {
  /** Moves of one connection at the same time exclude each other; the loser reads again. */
  private static final int MOVE_ATTEMPTS = 5;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final Rows rows;
  private final Clock clock;
  private final BatchWrites batches;
  private final PagedQueries queries;

  /** Rooms known to be in the table. Rooms are never removed, so what is here stays true. */
  private final Set<String> knownRooms = ConcurrentHashMap.newKeySet();

  DynamoDbRegistry(DynamoDbAsyncClient client, Settings settings, Clock clock) {
    this.client = client;
    this.table = settings.table();
    this.rows = new Rows(settings);
    this.clock = clock;
    this.batches = new BatchWrites(client, table);
    this.queries = new PagedQueries(client, table);
  }

  @Override
  public CompletableFuture<Void> connect(String id, long connectedAtMillis) {
    Member member = new Member(id, Rooms.FIRST_ROOM, connectedAtMillis);
    return batches.write(
        List.of(
            BatchWrites.put(
                rows.connection(id, Rooms.FIRST_NAME, member.room(), connectedAtMillis)),
            BatchWrites.put(rows.member(member))));
  }

  @Override
  public CompletableFuture<Void> disconnect(String id) {
    return client
        .deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(rows.connectionKey(id))
                    .returnValues(ReturnValue.ALL_OLD))
        .thenCompose(
            deleted ->
                deleted.attributes().isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : leave(id, deleted.attributes().get("room").s()));
  }

  private CompletableFuture<Void> leave(String id, String room) {
    return client
        .deleteItem(delete -> delete.tableName(table).key(rows.memberKey(id, room)))
        .thenAccept(deleted -> {});
  }

  @Override
  public CompletableFuture<Sender> sender(String id) {
    return connection(id).thenApply(row -> new Sender(id, row.get("who").s(), row.get("room").s()));
  }

  private CompletableFuture<Map<String, AttributeValue>> connection(String id) {
    return client
        .getItem(get -> get.tableName(table).key(rows.connectionKey(id)).consistentRead(true))
        .thenApply(
            found -> {
              if (found.item().isEmpty()) {
                throw new UnknownConnectionException(id);
              }
              return found.item();
            });
  }

  @Override
  public CompletableFuture<Void> rename(String id, String name) {
    return client
        .updateItem(
            update ->
                update
                    .tableName(table)
                    .key(rows.connectionKey(id))
                    .updateExpression("SET who = :name")
                    .conditionExpression("attribute_exists(pk)")
                    .expressionAttributeValues(Map.of(":name", text(name))))
        .handle(
            (updated, failure) -> {
              if (failure == null) {
                return null;
              }
              throw cause(failure) instanceof ConditionalCheckFailedException
                  ? new UnknownConnectionException(id)
                  : new CompletionException(cause(failure));
            });
  }

  @Override
  public CompletableFuture<Void> move(String id, String room) {
    return move(id, room, 1).thenCombine(listed(room), (moved, listed) -> null);
  }

  private CompletableFuture<Void> move(String id, String room, int attempt) {
    return connection(id)
        .thenCompose(
            row -> {
              String from = row.get("room").s();
              return from.equals(room)
                  ? CompletableFuture.completedFuture(null)
                  : swap(from, new Member(id, room, Long.parseLong(row.get("since").n())));
            })
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof TransactionCanceledException && attempt < MOVE_ATTEMPTS
                    ? move(id, room, attempt + 1)
                    : CompletableFuture.failedFuture(cause(failure)));
  }

  /** All three rows or none, and only if the connection is still where it was read to be. */
  private CompletableFuture<Void> swap(String from, Member to) {
    String id = to.connectionId();
    Update connection =
        Update.builder()
            .tableName(table)
            .key(rows.connectionKey(id))
            .updateExpression("SET room = :to")
            .conditionExpression("room = :from")
            .expressionAttributeValues(Map.of(":to", text(to.room()), ":from", text(from)))
            .build();
    List<TransactWriteItem> swap =
        List.of(
            TransactWriteItem.builder().update(connection).build(),
            TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(rows.memberKey(id, from)))
                .build(),
            TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(rows.member(to)))
                .build());
    return client
        .transactWriteItems(transaction -> transaction.transactItems(swap))
        .thenAccept(moved -> {});
  }

  private CompletableFuture<Void> listed(String room) {
    if (room.equals(Rooms.FIRST_ROOM) || knownRooms.contains(room)) {
      return CompletableFuture.completedFuture(null);
    }
    return client
        .putItem(put -> put.tableName(table).item(rows.room(room)))
        .thenAccept(stored -> knownRooms.add(room));
  }

  @Override
  public CompletableFuture<SortedSet<String>> rooms() {
    SortedSet<String> rooms = new ConcurrentSkipListSet<>(Set.of(Rooms.FIRST_ROOM));
    return queries
        .read(List.of(Rows.ROOMS), "sk", row -> rooms.add(row.get("sk").s()))
        .thenApply(read -> rooms);
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return queries.read(
        rows.memberPartitions(room), "sk, since", row -> live(member(row, room), each));
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return queries.read(
        rows.connectionPartitions(),
        "sk, room, since",
        row -> live(member(row, row.get("room").s()), each));
  }

  private static Member member(Map<String, AttributeValue> row, String room) {
    return new Member(row.get("sk").s(), room, Long.parseLong(row.get("since").n()));
  }

  /** Leaves out rows that DynamoDB has not come round to removing. */
  private void live(Member member, Consumer<Member> each) {
    if (member.connectedAtMillis() + CONNECTION_LIFE.toMillis() > clock.millis()) {
      each.accept(member);
    }
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    return batches.write(
        gone.stream()
            .flatMap(
                member ->
                    Stream.of(
                        BatchWrites.delete(rows.memberKey(member.connectionId(), member.room())),
                        BatchWrites.delete(rows.connectionKey(member.connectionId()))))
            .toList());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
