package dev.fanbench.emulator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.quota.TokenBucket;
import dev.fanbench.emulator.template.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which partitions a call touches. */
class PartitionThrottleTest {
  private final PartitionThrottle partitions =
      new PartitionThrottle(
          List.of(
              new TableDefinition(
                  "T",
                  Map.of(
                      "KeySchema",
                      List.of(
                          Map.of("AttributeName", "pk", "KeyType", "HASH"),
                          Map.of("AttributeName", "sk", "KeyType", "RANGE"))),
                  Optional.empty())),
          new QuotaCheck(QuotaSet.standard(), new SettableClock()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'TableName':'T','Key':{'pk':{'S':'a'},'sk':{'S':'x'}}}",
        "{'TableName':'T','Item':{'sk':{'S':'y'},'pk':{'S':'a'},'Key':{'pk':{'S':'b'}}}}",
        "{'Key':{'pk':{'S':'a'}},'TableName':'T','ExpressionAttributeValues':{':v':{'S':'b'}}}",
        "{'TableName':'T','KeyConditionExpression':'pk = :p AND begins_with(sk, :s)',"
            + "'ExpressionAttributeValues':{':p':{'S':'a'},':s':{'S':'b'}}}",
        "{'TableName':'T','KeyConditionExpression':'#p=:p','ExpressionAttributeNames':{'#p':'pk'},"
            + "'ExpressionAttributeValues':{':p':{'S':'a'}},'ExclusiveStartKey':{'pk':{'S':'b'}}}",
        "{'RequestItems':{'T':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}},"
            + "{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}}",
        "{'RequestItems':{'T':{'Keys':[{'pk':{'S':'a'},'sk':{'S':'1'}}]}}}",
        "{'TransactItems':[{'Put':{'TableName':'T','Item':{'pk':{'S':'a'}}}},"
            + "{'Update':{'TableName':'T','Key':{'pk':{'S':'a'}}}}]}"
      })
  void keyIsFoundInEveryKindOfCall(String call) {
    assertEquals(List.of(of("a")), touched(call));
  }

  @Test
  void readsAndWritesAreApart() {
    String call = "{\"TableName\":\"T\",\"Key\":{\"pk\":{\"S\":\"a\"}}}";
    assertNotEquals(partitions.of(call, true).buckets(), partitions.of(call, false).buckets());
  }

  @Test
  void keysAreSpreadOverAllPartitions() {
    Set<TokenBucket> used = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      used.add(of("room#" + i));
    }
    assertEquals(4, used.size());
  }

  @Test
  void callWithoutAKeyTouchesAllPartitions() {
    assertEquals(4, touched("{'TableName':'T'}").size());
    assertEquals(4, touched("{'TableName':'T','FilterExpression':'pk = :p'}").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{'TableName':'U','Key':{'pk':{'S':'a'}}}",
        "{'Key':{'pk':{'S':'a'}}}",
        "{'TableName':7,'Keys':7,'RequestItems':[],'KeyConditionExpression':null}"
      })
  void whatTheDatabaseWillRefuseTouchesNothing(String call) {
    assertTrue(touched(call).isEmpty());
  }

  private TokenBucket of(String key) {
    return touched("{'TableName':'T','Key':{'pk':{'S':'" + key + "'}}}").get(0);
  }

  private List<TokenBucket> touched(String call) {
    return partitions.of(call.replace('\'', '"'), true).buckets();
  }
}
