package dev.fanbench.emulator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The chat's whole contract, on the functions that AWS gets. */
class EmulatorContractTest implements EmulatorContract {
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    Leaks.watch();
    emulator = Emulator.start(SharedStore.chat());
  }

  @AfterAll
  static void stop() {
    emulator.close();
    Leaks.assertNone();
  }

  @Override
  public Emulator emulator() {
    return emulator;
  }

  @Override
  public List<Kept> kept(String room) {
    try (DynamoDbClient table = SharedStore.client()) {
      return table
          .query(
              query ->
                  query
                      .tableName("ChatTable")
                      .consistentRead(true)
                      .keyConditionExpression("pk = :room")
                      .expressionAttributeValues(
                          Map.of(":room", AttributeValue.fromS("M#" + room))))
          .items()
          .stream()
          .map(EmulatorContractTest::kept)
          .toList();
    }
  }

  /** The time is the part of the sort key before its hash sign. */
  private static Kept kept(Map<String, AttributeValue> row) {
    String key = row.get("sk").s();
    return new Kept(
        Long.parseLong(key.substring(0, key.indexOf('#'))),
        row.get("who").s(),
        row.get("text").s());
  }
}
