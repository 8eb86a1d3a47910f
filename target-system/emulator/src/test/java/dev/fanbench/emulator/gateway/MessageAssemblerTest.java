package dev.fanbench.emulator.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
  private static final int MOST = 128 * 1024;

  private final MessageAssembler assembler = new MessageAssembler(MOST);

  @Test
  void framesBecomeOneMessageAndTheNextStartsAnother() throws CharacterCodingException {
    byte[] bytes = "h\u00e9llo".getBytes(UTF_8);
    assertTrue(assembler.add(Unpooled.wrappedBuffer(bytes, 0, 2)));
    assertTrue(assembler.add(Unpooled.wrappedBuffer(bytes, 2, 4)));
    assertEquals("h\u00e9llo", assembler.text());
    assertTrue(assembler.add(Unpooled.wrappedBuffer(new byte[] {'x'})));
    assertEquals("x", assembler.text());
  }

  @Test
  void largeMessageLeavesNothingBehind() throws CharacterCodingException {
    for (int frame = 0; frame < 4; frame++) {
      assertTrue(assembler.add(Unpooled.wrappedBuffer(new byte[MOST / 4])));
    }
    assertFalse(assembler.add(Unpooled.wrappedBuffer(new byte[1])));
    assertEquals(MOST, assembler.text().length());
    assertEquals(0, assembler.keptBytes());
  }

  @Test
  void messageThatIsNoTextLeavesNothingBehind() {
    byte[] broken = new byte[MOST];
    broken[MOST - 1] = (byte) 0xff;
    assertTrue(assembler.add(Unpooled.wrappedBuffer(broken)));
    assertThrows(CharacterCodingException.class, assembler::text);
    assertEquals(0, assembler.keptBytes());
  }
}
