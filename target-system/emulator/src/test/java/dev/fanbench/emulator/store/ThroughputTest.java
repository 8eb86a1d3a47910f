package dev.fanbench.emulator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What DynamoDB allows and DynamoDB Local does not know of. */
class ThroughputTest {

  @Test
  void partitionWithoutWriteUnitsRefusesWritesUntilItHasSomeAgain() {
    QuotaSet quotas = QuotaSet.standard().with(Quota.WRITE_UNITS_PER_SECOND, 10);
    try (ChatTable table = new ChatTable(quotas)) {
      table.put(1, 25_000);
      assertThrottled(() -> table.put(2, 100));
      assertThrottled(
          () -> table.client.deleteItem(d -> d.tableName(table.name).key(key())).join());
      table.query();
      table.clock.pass(Duration.ofMillis(1_400));
      assertThrottled(() -> table.put(3, 100));
      table.clock.pass(Duration.ofMillis(200));
      table.put(3, 100);
      assertEquals(Map.of("quota.writeUnitsPerSecond", 3L), table.hits());
    }
  }

  @Test
  void partitionWithoutReadUnitsRefusesReadsOnly() {
    QuotaSet quotas = QuotaSet.standard().with(Quota.READ_UNITS_PER_SECOND, 3);
    try (ChatTable table = new ChatTable(quotas)) {
      table.put(1, 25_000);
      // Half a unit for each 4 KB: 3.5 in all.
      table.query();
      assertThrottled(table::query);
      assertThrottled(() -> table.client.scan(scan -> scan.tableName(table.name)).join());
      table.put(2, 100);
      table.clock.pass(Duration.ofMillis(500));
      table.query();
      assertEquals(Map.of("quota.readUnitsPerSecond", 2L), table.hits());
    }
  }

  @Test
  void itemOver400KilobytesIsRefused() {
    try (ChatTable table = new ChatTable(QuotaSet.standard())) {
      table.put(1, 400 * 1_024);
      DynamoDbException refused =
          assertInstanceOf(
              DynamoDbException.class,
              assertThrows(CompletionException.class, () -> table.put(2, 400 * 1_024 + 1))
                  .getCause());
      assertTrue(refused.getMessage().contains("Item size"), refused.getMessage());
      assertEquals(Map.of("quota.itemBytes", 1L), table.hits());
    }
  }

  private static Map<String, AttributeValue> key() {
    Map<String, AttributeValue> item = ChatTable.item(1, 100);
    return Map.of("pk", item.get("pk"), "sk", item.get("sk"));
  }

  private static void assertThrottled(Executable call) {
    assertInstanceOf(
        ProvisionedThroughputExceededException.class,
        assertThrows(CompletionException.class, call).getCause());
  }
}
