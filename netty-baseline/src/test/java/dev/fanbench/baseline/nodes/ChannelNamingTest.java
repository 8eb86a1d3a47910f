package dev.fanbench.baseline.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelNamingTest {
  private final ChannelNaming channels = new ChannelNaming("dev");

  @Test
  void roomIsNeverTheChannelOfAll() {
    assertEquals("fanbench:dev:all", channels.everyone());
    assertEquals("fanbench:dev:room:all", channels.room("all"));
  }

  @ParameterizedTest
  @CsvSource({
    "general, general",
    "a-b_C9, a-b_C9",
    "a:b, a%3Ab",
    "*?[x], %2A%3F%5Bx%5D",
    "%2A, %252A",
    "\u00e9\ud83d\ude00, %C3%A9%F0%9F%98%80"
  })
  void otherBytesThanLettersAndDigitsArePercentEncoded(String room, String encoded) {
    assertEquals("fanbench:dev:room:" + encoded, channels.room(room));
  }

  @Test
  void controlCharactersStayOnOneLine() {
    assertEquals("fanbench:dev:room:a%0D%0Ab%00", channels.room("a\r\nb\0"));
  }
}
