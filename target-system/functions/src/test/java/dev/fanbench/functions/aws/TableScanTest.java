package dev.fanbench.functions.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.Variant.Layout;
import dev.fanbench.functions.chat.Sender;
import dev.fanbench.functions.chat.StoredMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No record of rooms, and what is read instead. */
class TableScanTest extends LayoutTest {
  private final long now = LocalTable.CLOCK.millis();

  TableScanTest() {
    super(Layout.SCAN);
  }

  @Override
  List<Integer> expectedCalls() {
    return List.of(1, 1, 1, 1, 1);
  }

  @Test
  void scanReadsEveryMessageThatWasEverStored() {
    registry().connect("a", Optional.empty(), now).join();
    DynamoDbMessageLog log = new DynamoDbMessageLog(table().client(), settings());
    String text = "x".repeat(100_000);
    for (int i = 0; i < 12; i++) {
      Sender elsewhere = new Sender("b", "bz", "another room");
      log.append(new StoredMessage("r" + i, elsewhere, text, now)).join();
    }
    table().calls();
    assertTrue(ids("general").contains("a"));
    assertCalls(2);
  }
}
