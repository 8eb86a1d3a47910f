package dev.fanbench.functions.aws;

import static dev.fanbench.functions.aws.TableLayout.text;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.UnknownConnectionException;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.InitialRoom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The registry in DynamoDB: connections and rooms are always kept alike, and a {@link
 * TableMembership} knows who is in which room.
 *
 * <table>
 *   <caption>Calls by layout, where a page is 1 MB of rows, some 9,000 members</caption>
 *   <tr><th>method</th><th>sharded</th><th>packed, hot-item</th><th>scan</th></tr>
 *   <tr><td>{@link #connect}</td><td>1</td><td>2</td><td>1</td></tr>
 *   <tr><td>{@link #disconnect}, and 1 more when the connection is a user's</td>
 *       <td>2</td><td>2</td><td>1</td></tr>
 *   <tr><td>{@link #connectionsOf}, and 1 more for each connection</td>
 *       <td>1</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@link #sender}</td><td>1</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@link #rename}</td><td>1</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@link #move}, and 1 more when this process has not seen the room before</td>
 *       <td>2</td><td>2</td><td>2</td></tr>
 *   <tr><td>{@link #rooms}</td><td>1</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@link #members}</td><td>1 per room shard and page</td><td>1 per page</td>
 *       <td>1 per page of the whole table</td></tr>
 *   <tr><td>{@link #everyone}</td><td>1 per connection shard and page</td>
 *       <td>1 per connection shard and page</td><td>1 per page of the whole table</td></tr>
 *   <tr><td>{@link #forget}, per 25 members</td><td>2</td><td>1, and 1 per item of a room</td><td>1</td></tr>
 * </table>
 *
 * <p>So a line of chat costs 2 calls (sender, message log) and those of {@link #members}.
 */
final class DynamoDbRegistry implements Registry {
  /** Moves of one connection at the same time exclude each other; the loser reads again. */
  private static final int MOVE_ATTEMPTS = 5;

  private static final int MOST_KNOWN_ROOMS = 10_000;

  /**
   * Items of a room in the layout {@code packed}: some 60 members each in a room of 1,000, and 2 KB
   * to rewrite at a join.
   */
  static final int PACKED_ITEMS = 16;

  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final Clock clock;
  private final PagedQuery queries;
  private final TableMembership membership;
  private final UserLinkTable links;

  /** Rooms known to be in the table. Rooms are never removed, so what is here stays true. */
  private final Set<String> knownRooms = ConcurrentHashMap.newKeySet();

  DynamoDbRegistry(DynamoDbAsyncClient client, DeploymentSettings settings, Clock clock) {
    this.client = client;
    this.table = settings.table();
    this.rows = new TableLayout(settings);
    this.clock = clock;
    this.queries = new PagedQuery(client, table);
    this.links = new UserLinkTable(client, table, rows);
    this.membership =
        switch (settings.variant().layout()) {
          case SHARDED -> new ShardedMembership(client, table, rows);
          case PACKED -> new PackedMembership(client, table, rows, PACKED_ITEMS);
          case HOT_ITEM -> new PackedMembership(client, table, rows, 1);
          case SCAN -> new TableScan(client, table, rows);
        };
  }

  @Override
  public CompletableFuture<Void> connect(String id, Optional<String> user, long connectedAtMillis) {
    Member member = new Member(id, InitialRoom.FIRST_ROOM, connectedAtMillis);
    List<WriteRequest> connection = new ArrayList<>();
    connection.add(BatchWriter.put(rows.connection(member, user)));
    user.ifPresent(name -> connection.add(links.link(name, member)));
    return membership.connect(connection, member);
  }

  @Override
  public CompletableFuture<Set<String>> connectionsOf(String user) {
    return links.of(user);
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
                    : left(id, deleted.attributes()));
  }

  /** Removes the rest of a connection whose row was this. */
  private CompletableFuture<Void> left(String id, Map<String, AttributeValue> row) {
    return membership
        .leave(TableLayout.member(id, row))
        .thenCombine(links.unlink(id, row), (left, unlinked) -> null);
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
              Member from = TableLayout.member(id, row);
              return from.room().equals(room)
                  ? CompletableFuture.completedFuture(null)
                  : swap(from, new Member(id, room, from.connectedAtMillis()));
            })
        .exceptionallyCompose(
            failure ->
                cause(failure) instanceof TransactionCanceledException && attempt < MOVE_ATTEMPTS
                    ? move(id, room, attempt + 1)
                    : CompletableFuture.failedFuture(cause(failure)));
  }

  /** All rows or none, and only if the connection is still where it was read to be. */
  private CompletableFuture<Void> swap(Member from, Member to) {
    Update connection =
        Update.builder()
            .tableName(table)
            .key(rows.connectionKey(to.connectionId()))
            .updateExpression("SET room = :to")
            .conditionExpression("room = :from")
            .expressionAttributeValues(Map.of(":to", text(to.room()), ":from", text(from.room())))
            .build();
    List<TransactWriteItem> swap = new ArrayList<>();
    swap.add(TransactWriteItem.builder().update(connection).build());
    swap.addAll(membership.swap(from, to));
    return client
        .transactWriteItems(transaction -> transaction.transactItems(swap))
        .thenAccept(moved -> {});
  }

  private CompletableFuture<Void> listed(String room) {
    if (room.equals(InitialRoom.FIRST_ROOM) || knownRooms.contains(room)) {
      return CompletableFuture.completedFuture(null);
    }
    return client
        .putItem(put -> put.tableName(table).item(rows.room(room)))
        .thenAccept(stored -> know(room));
  }

  /** A room that is forgotten here costs its next move one call more. */
  private void know(String room) {
    if (knownRooms.size() >= MOST_KNOWN_ROOMS) {
      knownRooms.clear();
    }
    knownRooms.add(room);
  }

  @Override
  public CompletableFuture<SortedSet<String>> rooms() {
    return queries
        .first(TableLayout.ROOMS, "sk", ChatLimits.ROOMS - 1)
        .thenApply(
            rows -> {
              SortedSet<String> rooms = new TreeSet<>(Set.of(InitialRoom.FIRST_ROOM));
              rows.forEach(row -> rooms.add(row.get("sk").s()));
              return rooms;
            });
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return membership.members(room, member -> live(member, each));
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return membership.everyone(member -> live(member, each));
  }

  /** Leaves out members that DynamoDB has not come round to removing. */
  private void live(Member member, Consumer<Member> each) {
    if (member.connectedAtMillis() + CONNECTION_LIFE.toMillis() > clock.millis()) {
      each.accept(member);
    }
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    return membership.forget(gone);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
