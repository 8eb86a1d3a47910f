package dev.fanbench.measurement.stamp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StampTest {

  private final StampReader reader = new StampReader();

  @Test
  void hasTheFormatThatIsPromised() {
    byte[] bytes = new byte[Stamp.BYTES];
    Stamp.write(bytes, 0, 42, 7, 5_000_000_000L);
    assertEquals("fb1:0000002a:00000007:000000012a05f200:", new String(bytes, US_ASCII));
  }

  @Test
  void padsUpToThePayload() {
    byte[] bytes = new byte[50];
    Stamp.writePayload(bytes, 2, 45, 1, 2, 3);
    assertEquals(
        "\0\0fb1:00000001:00000002:0000000000000003:......\0\0\0", new String(bytes, US_ASCII));
  }

  @Test
  void refusesAPayloadWithoutRoom() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Stamp.writePayload(new byte[64], 0, 38, 1, 2, 3));
    assertEquals("payloadBytes=38 is not allowed, must be 39 or more", refusal.getMessage());
  }

  @Test
  void isFoundAnywhereInAText() {
    byte[] frame =
        "{\"message\":\"#général fb1 fb1:x: fb1:0000002a:00000007:000000012a05f200:....\"}"
            .getBytes(UTF_8);
    assertTrue(reader.read(frame, 0, frame.length));
    assertEquals(42, reader.publisher());
    assertEquals(7, reader.sequence());
    assertEquals(5_000_000_000L, reader.intendedAtNanos());
  }

  @Test
  void isFoundBehindTheStartOfABrokenOne() {
    String good = "fb1:0000002a:00000007:000000012a05f200:";
    for (int cut = 0; cut < Stamp.BYTES; cut++) {
      byte[] frame = (good.substring(0, cut) + good).getBytes(US_ASCII);
      assertTrue(reader.read(frame, 0, frame.length), "cut after " + cut);
      assertEquals(42, reader.publisher());
    }
  }

  @Test
  void isNotSeenOutsideTheRange() {
    byte[] frame = new byte[60];
    Stamp.write(frame, 10, 1, 2, 3);
    assertFalse(reader.read(frame, 0, 48));
    assertFalse(reader.read(frame, 11, 49));
    assertTrue(reader.read(frame, 10, 39));
  }

  @Test
  void anyDamagedByteMakesItNoStamp() {
    byte[] frame = new byte[Stamp.BYTES];
    for (int i = 0; i < frame.length; i++) {
      Stamp.write(frame, 0, 0x89abcdef, 0x01234567, 0x7edcba9876543210L);
      frame[i] = 'G';
      assertFalse(reader.read(frame, 0, frame.length), "byte " + i);
    }
  }

  @Test
  void everyNumberComesBack() {
    Random random = new Random(1);
    byte[] frame = new byte[64];
    for (int i = 0; i < 10_000; i++) {
      int publisher = random.nextInt();
      int sequence = random.nextInt();
      long intended = random.nextLong();
      int at = random.nextInt(frame.length - Stamp.BYTES + 1);
      random.nextBytes(frame);
      Stamp.write(frame, at, publisher, sequence, intended);
      assertTrue(reader.read(frame, 0, frame.length));
      assertEquals(publisher, reader.publisher());
      assertEquals(sequence, reader.sequence());
      assertEquals(intended, reader.intendedAtNanos());
    }
  }
}
