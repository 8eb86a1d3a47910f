package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownAddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://host:6379, redis://host:6379",
    "redis://user:secret@host:6379, …@host:6379",
    "redis://:sec@ret@my_host:6379, …@my_host:6379",
    "redis://:secret/1@host, …@host",
    "wss://host/chat?token=secret, wss://host/chat?…",
    "wss://user:secret@host?token=secret, …@host?…",
    "wss://host?user=ada@secret, …",
    "redis://:sec?ret@host, …",
    "user:secret@host, …@host"
  })
  void secretsAreHidden(String address, String shown) {
    assertEquals(shown, ShownAddress.of(address));
  }

  @Test
  void aValueThatIsNoAddressIsKept() {
    assertEquals("cpu@fanout-100", ShownAddress.ofValue("cpu@fanout-100"));
    assertEquals("…@host", ShownAddress.ofValue("ws://user:secret@host"));
  }
}
