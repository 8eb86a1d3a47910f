package dev.fanbench.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionIdTest {

  @Test
  void haveTheShapeOfApiGateways() {
    assertTrue(ConnectionId.isWellFormed(ConnectionId.next()));
    assertTrue(ConnectionId.isWellFormed(RequestId.next()));
    assertNotEquals(ConnectionId.next(), ConnectionId.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAA/AAA="})
  void otherShapesAreRecognised(String id) {
    assertFalse(ConnectionId.isWellFormed(id));
  }
}
