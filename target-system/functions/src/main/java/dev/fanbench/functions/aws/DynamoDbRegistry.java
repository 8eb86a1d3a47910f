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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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

  private final DynamoDbClient client;
  private final String table;
  private final Rows rows;
  private final Clock clock;
  private final BatchWrites batches;
  private final PagedQueries queries;

  /** Rooms known to be in the table. Rooms are never removed, so what is here stays true. */
  private final Set<String> knownRooms = ConcurrentHashMap.newKeySet();

  DynamoDbRegistry(DynamoDbClient client, Settings settings, Clock clock) {
    this.client = client;
    this.table = settings.table();
    this.rows = new Rows(settings);
    this.clock = clock;
    this.batches = new BatchWrites(client, table);
    this.queries = new PagedQueries(client, table);
  }

  @Override
  public void connect(String id, long connectedAtMillis) {
    Member member = new Member(id, Rooms.FIRST_ROOM, connectedAtMillis);
    batches.write(
        List.of(
            BatchWrites.put(
                rows.connection(id, Rooms.FIRST_NAME, member.room(), connectedAtMillis)),
            BatchWrites.put(rows.member(member))));
  }

  @Override
  public void disconnect(String id) {
    Map<String, AttributeValue> connection =
        client
            .deleteItem(
                delete ->
                    delete
                        .tableName(table)
                        .key(rows.connectionKey(id))
                        .returnValues(ReturnValue.ALL_OLD))
            .attributes();
    if (!connection.isEmpty()) {
      String room = connection.get("room").s();
      client.deleteItem(delete -> delete.tableName(table).key(rows.memberKey(id, room)));
    }
  }

  @Override
  public Sender sender(String id) {
    Map<String, AttributeValue> row = connection(id);
    return new Sender(id, row.get("who").s(), row.get("room").s());
  }

  private Map<String, AttributeValue> connection(String id) {
    Map<String, AttributeValue> row =
        client
            .getItem(get -> get.tableName(table).key(rows.connectionKey(id)).consistentRead(true))
            .item();
    if (row.isEmpty()) {
      throw new UnknownConnectionException(id);
    }
    return row;
  }

  @Override
  public void rename(String id, String name) {
    try {
      client.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(rows.connectionKey(id))
                  .updateExpression("SET who = :name")
                  .conditionExpression("attribute_exists(pk)")
                  .expressionAttributeValues(Map.of(":name", text(name))));
    } catch (ConditionalCheckFailedException nowhere) {
      throw new UnknownConnectionException(id);
    }
  }

  @Override
  public void move(String id, String room) {
    list(room);
    for (int attempt = 1; ; attempt++) {
      Map<String, AttributeValue> row = connection(id);
      String from = row.get("room").s();
      if (from.equals(room)) {
        return;
      }
      try {
        swap(from, new Member(id, room, Long.parseLong(row.get("since").n())));
        return;
      } catch (TransactionCanceledException moved) {
        if (attempt == MOVE_ATTEMPTS) {
          throw moved;
        }
      }
    }
  }

  /** All three rows or none, and only if the connection is still where it was read to be. */
  private void swap(String from, Member to) {
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
    client.transactWriteItems(transaction -> transaction.transactItems(swap));
  }

  /** Outside of the transaction, where all who move to one room would exclude each other. */
  private void list(String room) {
    if (!room.equals(Rooms.FIRST_ROOM) && !knownRooms.contains(room)) {
      client.putItem(put -> put.tableName(table).item(rows.room(room)));
      knownRooms.add(room);
    }
  }

  @Override
  public SortedSet<String> rooms() {
    SortedSet<String> rooms = new TreeSet<>(Set.of(Rooms.FIRST_ROOM));
    queries.read(List.of(Rows.ROOMS), "sk", row -> rooms.add(row.get("sk").s()));
    return rooms;
  }

  @Override
  public void members(String room, Consumer<Member> each) {
    queries.read(rows.memberPartitions(room), "sk, since", row -> live(member(row, room), each));
  }

  @Override
  public void everyone(Consumer<Member> each) {
    queries.read(
        rows.connectionPartitions(),
        "sk, room, since",
        row -> live(member(row, row.get("room").s()), each));
  }

  private static Member member(Map<String, AttributeValue> row, String room) {
    return new Member(row.get("sk").s(), room, Long.parseLong(row.get("since").n()));
  }

  /** Leaves out rows that DynamoDB has not come round to removing. */
  private void live(Member member, Consumer<Member> each) {
    if (member.connectedAtMillis() + Rows.CONNECTION_LIFE.toMillis() > clock.millis()) {
      each.accept(member);
    }
  }

  @Override
  public void forget(Collection<Member> gone) {
    batches.write(
        gone.stream()
            .flatMap(
                member ->
                    Stream.of(
                        BatchWrites.delete(rows.memberKey(member.connectionId(), member.room())),
                        BatchWrites.delete(rows.connectionKey(member.connectionId()))))
            .toList());
  }
}
