package dev.fanbench.baseline.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:secret@my_redis:6379",
        "redis://user:secret@redis:6379",
        "redis://:secret with blanks@redis:6379",
        "redis://:secret/%zz@redis:6379",
        "redis://redis:6379?password=secret",
        "user:secret@redis:6379"
      })
  void noMessageShowsAPassword(String address) {
    Throwable refused = refusalOf(address);
    for (Throwable each = refused; each != null; each = each.getCause()) {
      assertFalse(String.valueOf(each.getMessage()).contains("secret"), each::getMessage);
    }
  }

  @Test
  void aHostWithAnUnderscoreIsRefusedWithTheReason() {
    assertEquals(
        "--redis=redis://my_redis:6379 is not allowed; --redis takes redis://HOST:PORT or"
            + " rediss://HOST:PORT, without a user and without _ in HOST",
        refusalOf("redis://my_redis:6379").getMessage());
  }

  private static Throwable refusalOf(String address) {
    return assertThrows(IllegalArgumentException.class, () -> RedisAddress.parse(address));
  }
}
