package dev.fanbench.emulator.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityScannerTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void unitsAreFoundHoweverTheAnswerIsCut(int pieceBytes) {
    String answer =
        "{\"Items\":[{\"CapacityUnits\":{\"N\":\"9\"},\"t\":{\"S\":\"\\\"CapacityUnits\\\":7\"}}],"
            + "\"ConsumedCapacity\":[{\"TableName\":\"a\",\"CapacityUnits\":0.5},"
            + "{\"CapacityUnits\":12.0}],\"Count\":3}";
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    CapacityScanner scanner = new CapacityScanner();
    for (int from = 0; from < bytes.length; from += pieceBytes) {
      scanner.scan(ByteBuffer.wrap(bytes, from, Math.min(pieceBytes, bytes.length - from)));
    }
    assertEquals(12.5, scanner.units());
  }
}
