package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A row for each member, spread over the shards of its room: the layout {@code sharded}. */
final class ShardedMembership implements TableMembership {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final BatchWriter batches;
  private final PagedQuery queries;

  ShardedMembership(DynamoDbAsyncClient client, String table, TableLayout rows) {
    this.client = client;
    this.table = table;
    this.rows = rows;
    this.batches = new BatchWriter(client, table);
    this.queries = new PagedQuery(client, table);
  }

  @Override
  public CompletableFuture<Void> connect(List<WriteRequest> connection, Member member) {
    List<WriteRequest> all = new ArrayList<>(connection);
    all.add(BatchWriter.put(rows.member(member)));
    return batches.write(all);
  }

  @Override
  public CompletableFuture<Void> leave(Member member) {
    return client
        .deleteItem(delete -> delete.tableName(table).key(key(member)))
        .thenAccept(deleted -> {});
  }

  @Override
  public List<TransactWriteItem> swap(Member from, Member to) {
    return List.of(
        TransactWriteItem.builder()
            .delete(delete -> delete.tableName(table).key(key(from)))
            .build(),
        TransactWriteItem.builder().put(put -> put.tableName(table).item(rows.member(to))).build());
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return queries.read(
        rows.memberPartitions(room),
        "sk, since",
        row -> each.accept(TableLayout.member(row.get("sk").s(), room, row)));
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return queries.connections(rows, each);
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    return batches.write(
        gone.stream()
            .flatMap(member -> Stream.of(key(member), rows.connectionKey(member.connectionId())))
            .map(BatchWriter::delete)
            .toList());
  }

  private Map<String, AttributeValue> key(Member member) {
    return rows.memberKey(member.connectionId(), member.room());
  }
}
