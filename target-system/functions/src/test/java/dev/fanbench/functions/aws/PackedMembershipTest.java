package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.Variant.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A room in sixteen items. */
class PackedMembershipTest extends LayoutTest {
  private final long now = LocalTable.CLOCK.millis();

  PackedMembershipTest() {
    super(Layout.PACKED);
  }

  @Override
  List<Integer> expectedCalls() {
    long items =
        IntStream.range(0, 25)
            .map(i -> Math.floorMod(("m" + i).hashCode(), DynamoDbRegistry.PACKED_ITEMS))
            .distinct()
            .count();
    return List.of(2, 2, 1, CONNECTION_SHARDS, (int) items + 1);
  }

  @Test
  void aRoomOfManyMembersIsSixteenRows() {
    Set<String> joined = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String id = "%016x".formatted(i * 7_919L);
      registry().connect(id, Optional.empty(), now).join();
      joined.add(id);
    }
    assertEquals(joined, ids("general"));
    QueryResponse stored =
        table()
            .client()
            .query(
                query ->
                    query
                        .tableName(LocalTable.NAME)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", TableLayout.text("H#general"))))
            .join();
    assertEquals(DynamoDbRegistry.PACKED_ITEMS, stored.items().size());
    assertTrue(
        stored.items().stream().allMatch(row -> row.get("members").ss().size() < 20),
        "one item has most of the members");
  }
}
