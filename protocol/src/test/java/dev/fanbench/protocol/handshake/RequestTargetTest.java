package dev.fanbench.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
  @ParameterizedTest
  @CsvSource({
    "/dev?a=b, /dev?a=b",
    "http://chat.example:80/dev?a=b, /dev?a=b",
    "WS://chat.example/dev, /dev",
    "http://chat.example, /",
    "http://chat.example?a=/dev, /?a=/dev",
    "//chat.example/dev, //chat.example/dev",
    "ftp://chat.example/dev, ftp://chat.example/dev",
    "chat.example:80, chat.example:80",
    "*, *"
  })
  void wholeUrlsLoseTheirOrigin(String target, String originForm) {
    assertEquals(originForm, RequestTarget.originForm(target));
  }
}
