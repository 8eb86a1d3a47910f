package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameTemplate;
import dev.fanbench.measurement.stamp.StampReader;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Frame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampedTextTest {
  private static final FrameContext VALUES = FrameContext.of(0, "user", "", 0);

  @Test
  void chatIsTheStampAndPadding() {
    assertEquals(
        "fb1:0000002a:00000007:000000012a05f200:" + ".".repeat(25),
        written(StampedText.chat(42, 64), 7, 5_000_000_000L));
  }

  @Test
  void aRequestCarriesTheStampInItsBodyAndANumberOfItsOwn() {
    StampedText request = StampedText.of(Dialect.fanbench().request().orElseThrow(), VALUES, 3, 50);
    assertTrue(request.isFixed());
    assertEquals(
        new Rpc("1000000120", "fb1:00000003:00000078:0000000000000001:" + ".".repeat(11)),
        Frame.classify(written(request, 120, 1)));
    assertEquals(
        new Rpc("3147483647", "fb1:00000003:7fffffff:7fffffffffffffff:" + ".".repeat(11)),
        Frame.classify(written(request, Integer.MAX_VALUE, Long.MAX_VALUE)));
  }

  @Test
  void aTextThatDependsOnTheStampIsComposedEachTime() {
    StampedText digest =
        StampedText.of(FrameTemplate.text("${md5:${text}} ${text}"), VALUES, 1, 39);
    assertFalse(digest.isFixed());
    String first = new String(digest.composed(1, 2), StandardCharsets.US_ASCII);
    String second = new String(digest.composed(2, 2), StandardCharsets.US_ASCII);
    assertEquals("fb1:00000001:00000001:0000000000000002:", first.substring(33));
    assertNotEquals(first.substring(0, 32), second.substring(0, 32));
  }

  @Test
  void lengthsAndSeveralStampsAreWrittenBeforehand() {
    StampedText twice =
        StampedText.of(FrameTemplate.text("${bytes:${text}} ${text} ${n} ${text}"), VALUES, 1, 40);
    assertTrue(twice.isFixed());
    assertEquals(
        "40 fb1:00000001:00000007:0000000000000009:. 1000000007"
            + " fb1:00000001:00000007:0000000000000009:.",
        written(twice, 7, 9));
  }

  @Test
  void oneTemplateServesManyTexts() {
    StampedText text = StampedText.chat(1, 39);
    byte[] bytes = new byte[100];
    StampReader stamp = new StampReader();
    for (int sequence : new int[] {99_999, 3, 0}) {
      text.write(bytes, sequence, sequence * 10L);
      assertTrue(stamp.read(bytes, 0, text.length()));
      assertEquals(1, stamp.publisher());
      assertEquals(sequence, stamp.sequence());
      assertEquals(sequence * 10L, stamp.intendedAtNanos());
    }
  }

  @Test
  void aPayloadHasToHoldAStamp() {
    for (int payloadBytes : new int[] {-1, 0, 38}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> StampedText.chat(1, payloadBytes));
      assertEquals(
          "payloadBytes=" + payloadBytes + " is not allowed, must be 39 or more",
          refused.getMessage());
    }
  }

  private static String written(StampedText text, int sequence, long intendedAtNanos) {
    byte[] bytes = new byte[text.length()];
    text.write(bytes, sequence, intendedAtNanos);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
