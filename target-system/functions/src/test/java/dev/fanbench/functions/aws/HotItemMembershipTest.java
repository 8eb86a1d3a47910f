package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.Variant.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** A room in one item, and where that ends. */
class HotItemMembershipTest extends LayoutTest {
  private final String room = "full";
  private final long now = LocalTable.CLOCK.millis();

  HotItemMembershipTest() {
    super(Layout.HOT_ITEM);
  }

  @Override
  List<Integer> expectedCalls() {
    return List.of(2, 2, 1, CONNECTION_SHARDS, 2);
  }

  @Test
  void fullRoomRefusesTheNextMemberAndLeavesItWhereItWas() {
    // As long as an entry of a real id: 16 characters, and 14 of time.
    List<String> entries =
        IntStream.range(0, 13_640).mapToObj(i -> "%016d@%d".formatted(i, now)).toList();
    table()
        .client()
        .putItem(
            put ->
                put.tableName(LocalTable.NAME)
                    .item(
                        Map.of(
                            "pk", TableLayout.text("H#" + room),
                            "sk", TableLayout.text("members"),
                            "members", AttributeValue.fromSs(entries))))
        .join();
    int joined = 0;
    Throwable refusal = null;
    while (refusal == null && joined < 30) {
      String id = "%016x".formatted(1_000_000 + joined);
      registry().connect(id, Optional.empty(), now).join();
      refusal = registry().move(id, room).handle((moved, failure) -> failure).join();
      joined += refusal == null ? 1 : 0;
    }
    TransactionCanceledException cancelled =
        assertInstanceOf(TransactionCanceledException.class, refusal.getCause());
    assertEquals("ValidationError", cancelled.cancellationReasons().get(2).code());
    assertTrue(joined > 0, "nobody fitted any more");
    assertEquals(13_640 + joined, ids(room).size());
    String refused = "%016x".formatted(1_000_000 + joined);
    assertEquals("general", registry().sender(refused).join().room());
    assertTrue(ids("general").contains(refused));
  }
}
