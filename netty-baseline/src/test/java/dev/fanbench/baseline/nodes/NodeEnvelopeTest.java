package dev.fanbench.baseline.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeEnvelopeTest {
  private static final int LENGTH_AT = 17;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encoded(String... texts) {
    return new NodeEnvelope(-7, 41, Arrays.stream(texts).map(NodeEnvelopeTest::utf8).toList())
        .encode();
  }

  @Test
  void textsKeepTheirOrderAndNumbers() {
    NodeEnvelope read = NodeEnvelope.decode(encoded("one", "", "trois é")).orElseThrow();
    assertEquals(-7, read.node());
    assertEquals(41, read.firstSequence());
    assertEquals(43, read.lastSequence());
    assertEquals(3, read.texts().size());
    assertArrayEquals(utf8("one"), read.texts().get(0));
    assertArrayEquals(utf8(""), read.texts().get(1));
    assertArrayEquals(utf8("trois é"), read.texts().get(2));
  }

  @Test
  void messageThatIsCutShortIsRejected() {
    byte[] whole = encoded("one", "two");
    int afterFirst = LENGTH_AT + Integer.BYTES + 3;
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          length == afterFirst,
          NodeEnvelope.decode(Arrays.copyOf(whole, length)).isPresent(),
          "after " + length);
    }
  }

  @Test
  void lengthThatTheMessageDoesNotHaveIsRejected() {
    for (int length : List.of(-1, Integer.MIN_VALUE, 4, Integer.MAX_VALUE)) {
      byte[] message = encoded("one");
      ByteBuffer.wrap(message).putInt(LENGTH_AT, length);
      assertTrue(NodeEnvelope.decode(message).isEmpty(), "length " + length);
    }
  }

  @Test
  void longestTextPassesAndALongerOneDoesNot() {
    byte[] longest = new byte[NodeEnvelope.MOST_TEXT_BYTES];
    assertTrue(NodeEnvelope.decode(new NodeEnvelope(1, 1, List.of(longest)).encode()).isPresent());
    byte[] longer = new byte[NodeEnvelope.MOST_TEXT_BYTES + 1];
    assertTrue(NodeEnvelope.decode(new NodeEnvelope(1, 1, List.of(longer)).encode()).isEmpty());
  }

  @Test
  void anyBytesAreReadOrRejected() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] message = encoded("some text", "another");
      for (int change = 0; change < 3; change++) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      NodeEnvelope.decode(message)
          .ifPresent(read -> assertArrayEquals(message, read.encode(), "what is read is all"));
    }
  }

  @Test
  void messageIsOfOneChannelAndNoLongerThanItPays() {
    EnvelopeBuilder message = new EnvelopeBuilder("tea");
    byte[] tooLong = new byte[EnvelopeBuilder.MOST_JOINED_BYTES + 1];
    assertTrue(message.takes("tea", tooLong), "a first text of any length");
    message.add(utf8("x"), 10);
    assertFalse(message.takes("coffee", utf8("y")));
    assertFalse(message.takes("tea", tooLong));
    int more = 0;
    while (message.takes("tea", new byte[1_000])) {
      message.add(new byte[1_000], 20);
      more++;
    }
    assertEquals(65, more);
    assertEquals(66, message.count());
    assertEquals(10 + 65 * 20, message.pendingBytes());
    assertTrue(
        message.build(1, 1).encode().length <= EnvelopeBuilder.MOST_JOINED_BYTES + LENGTH_AT);
  }
}
