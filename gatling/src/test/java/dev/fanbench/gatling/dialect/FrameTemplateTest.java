package dev.fanbench.gatling.dialect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTemplateTest {
  private static final FrameContext VALUES =
      FrameContext.of(7, "ada", "secret", 1_700_000_000)
          .withRoom("t\"ea")
          .withText("hello")
          .withNumber(3)
          .withSeen(Map.of("sid", "abc"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no placeholder | no placeholder",
        "${room}/${text} | t\"ea/hello",
        "${n} ${client} ${user} ${token} | 3 7 ada secret",
        "${epochSeconds} | 1700000000",
        "${seen:sid}-${seen:none}. | abc-.",
        "\"${json:${room}}\" | \"t\\\"ea\"",
        "PUB ${bytes:${text}} ${bytes:${room}é} | PUB 5 6",
        "${base64url:${text}?} | aGVsbG8_",
        "${md5:${text}} | 5d41402abc4b2a76b9719d911017c592",
        "${hmac-sha256:key:${text}} |"
            + " 9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b",
        "${base64url:{\"a\":\"${text}\"}} | eyJhIjoiaGVsbG8ifQ",
        "${hmac-sha256:${env:KEY}:${text}} |"
            + " 9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b",
        "{\"a\":{\"b\":\"${text}\"}} | {\"a\":{\"b\":\"hello\"}}",
      })
  void placeholdersStandForTheirValues(String source, String expected) {
    EnvironmentLookup environment = name -> Optional.of(name.toLowerCase(Locale.ROOT));
    assertEquals(expected, FrameTemplate.text(source, environment).string(VALUES));
  }

  @Test
  void hexIsBytesAndMayHoldPlaceholders() {
    FrameTemplate frame = FrameTemplate.hex("82 0a ${text}ff");
    assertTrue(frame.binary());
    assertArrayEquals(
        new byte[] {(byte) 0x82, 10, 'h', 'e', 'l', 'l', 'o', (byte) 0xff}, frame.bytes(VALUES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "${rom} | ${rom} is not a placeholder; known are ${room}, ${text}",
        "${sha1:x} | ${sha1:x} is not a placeholder; known are",
        "${hmac-sha256:x} | ${hmac-sha256:x} is not a placeholder; known are",
        "a ${room | '${room' has no closing brace; a placeholder ends with }",
      })
  void mistakesAreNamed(String source, String beginning) {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> FrameTemplate.text(source));
    assertTrue(wrong.getMessage().startsWith(beginning), wrong.getMessage());
  }

  @Test
  void oddHexIsAMistake() {
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> FrameTemplate.hex("8"));
    assertEquals("'8' is not allowed; hex takes pairs of hexadecimal digits", wrong.getMessage());
  }
}
