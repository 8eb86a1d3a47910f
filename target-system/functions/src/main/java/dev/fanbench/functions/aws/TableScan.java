package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * No record of rooms but the connections' own rows: the layout {@code scan}, to be measured and not
 * to be used. A join is cheap, and every publication reads the whole table, page after page, stored
 * messages included.
 */
final class TableScan implements TableMembership {
  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableLayout rows;
  private final BatchWriter batches;

  TableScan(DynamoDbAsyncClient client, String table, TableLayout rows) {
    this.client = client;
    this.table = table;
    this.rows = rows;
    this.batches = new BatchWriter(client, table);
  }

  @Override
  public CompletableFuture<Void> connect(List<WriteRequest> connection, Member member) {
    return batches.write(connection);
  }

  @Override
  public CompletableFuture<Void> leave(Member member) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<TransactWriteItem> swap(Member from, Member to) {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> members(String room, Consumer<Member> each) {
    return scan(
        all()
            .filterExpression("room = :room")
            .expressionAttributeValues(Map.of(":room", TableLayout.text(room))),
        each);
  }

  @Override
  public CompletableFuture<Void> everyone(Consumer<Member> each) {
    return scan(all().filterExpression("attribute_exists(room)"), each);
  }

  @Override
  public CompletableFuture<Void> forget(Collection<Member> gone) {
    return batches.write(
        gone.stream()
            .map(member -> BatchWriter.delete(rows.connectionKey(member.connectionId())))
            .toList());
  }

  private ScanRequest.Builder all() {
    return ScanRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .projectionExpression("sk, room, since");
  }

  private CompletableFuture<Void> scan(ScanRequest.Builder request, Consumer<Member> each) {
    return client
        .scanPaginator(request.build())
        .items()
        .subscribe(row -> each.accept(TableLayout.member(row.get("sk").s(), row)));
  }
}
