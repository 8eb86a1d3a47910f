package dev.fanbench.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionIdsTest {

  @Test
  void haveTheShapeOfApiGateways() {
    assertTrue(ConnectionIds.isWellFormed(ConnectionIds.next()));
    assertTrue(ConnectionIds.isWellFormed(RequestIds.next()));
    assertNotEquals(ConnectionIds.next(), ConnectionIds.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAA/AAA="})
  void otherShapesAreRecognised(String id) {
    assertFalse(ConnectionIds.isWellFormed(id));
  }
}
