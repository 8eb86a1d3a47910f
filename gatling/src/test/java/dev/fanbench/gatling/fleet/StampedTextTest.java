package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.stamp.StampReader;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Frame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampedTextTest {

  @Test
  void chatIsTheStampAndPadding() {
    assertEquals(
        "fb1:0000002a:00000007:000000012a05f200:" + ".".repeat(25),
        written(StampedText.chat(42, 64), 7, 5_000_000_000L));
  }

  @Test
  void rpcIsARequestThatCarriesTheStampInItsBody() {
    StampedText rpc = StampedText.rpc(3, 50);
    assertEquals(
        new Rpc("0000000120", "fb1:00000003:00000078:0000000000000001:" + ".".repeat(11)),
        Frame.classify(written(rpc, 120, 1)));
    assertEquals(
        new Rpc("2147483647", "fb1:00000003:7fffffff:7fffffffffffffff:" + ".".repeat(11)),
        Frame.classify(written(rpc, Integer.MAX_VALUE, Long.MAX_VALUE)));
    assertEquals(
        new Rpc("0000000000", "fb1:00000003:00000000:0000000000000000:" + ".".repeat(11)),
        Frame.classify(written(rpc, 0, 0)));
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
