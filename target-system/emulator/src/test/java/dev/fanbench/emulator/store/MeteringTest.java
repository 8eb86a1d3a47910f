package dev.fanbench.emulator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.quota.QuotaSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The rules of on-demand billing, as DynamoDB Local applies them, for a client that never asked.
 */
class MeteringTest {

  @Test
  void aWriteUnitIsAKilobyteAndAReadUnitTwiceFour() {
    try (ChatTable table = new ChatTable(QuotaSet.standard())) {
      table.put(1, 2_500);
      assertEquals(3, table.store.counters().get("aws.wru"));
      table.put(2, 2_500);
      assertEquals(6, table.store.counters().get("aws.wru"));

      table.query();
      assertEquals(1, table.store.counters().get("aws.rru"));
      assertEquals(6, table.store.counters().get("aws.wru"));
    }
  }

  @Test
  void aBatchIsTheSumOfItsItems() {
    try (ChatTable table = new ChatTable(QuotaSet.standard())) {
      List<WriteRequest> requests =
          IntStream.range(0, 25)
              .mapToObj(
                  i ->
                      WriteRequest.builder()
                          .putRequest(put -> put.item(ChatTable.item(i, 100)))
                          .build())
              .toList();
      table.client.batchWriteItem(b -> b.requestItems(Map.of(table.name, requests))).join();
      assertEquals(25, table.store.counters().get("aws.wru"));
    }
  }
}
