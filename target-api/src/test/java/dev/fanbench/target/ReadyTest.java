package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyTest {
  private static final URI URL = URI.create("ws://127.0.0.1:9001/dev");
  private static final URI CONTROL = URI.create("http://127.0.0.1:41233");

  @Test
  void isOneLineOfJson() {
    assertEquals(
        "READY {\"url\":\"ws://127.0.0.1:9001/dev\",\"connections\":null,"
            + "\"control\":\"http://127.0.0.1:41233\",\"pid\":4711}",
        new Ready(URL, null, CONTROL, 4711).line());
  }

  @Test
  void comesBackAsItWas() {
    Ready with =
        new Ready(URL, URI.create("http://127.0.0.1:9001/dev/@connections"), CONTROL, 4711);
    Ready without = new Ready(URL, null, CONTROL, 1);
    Ready modelled = new Ready(URL, null, CONTROL, 1, "aws, assumed: post 10 ms", "epoll");
    assertEquals(modelled, Ready.parse(modelled.line()));
    assertEquals(with, Ready.parse(with.line()));
    assertEquals(without, Ready.parse(without.line()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "READY",
        "READY {}",
        "READY [1]",
        "listening",
        "READY {\"url\":\"ws://h/dev\",\"connections\":null,\"control\":\"http://h\",\"pid\":\"x\"}",
        "READY {\"url\":\"no uri\",\"connections\":null,\"control\":\"http://h\",\"pid\":1}"
      })
  void refusesOtherLines(String line) {
    assertThrows(IllegalArgumentException.class, () -> Ready.parse(line));
  }
}
