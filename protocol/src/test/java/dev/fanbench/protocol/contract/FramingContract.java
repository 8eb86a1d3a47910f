package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.RawSocket.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSocket standard's own rules, as far as clients run into them. */
interface FramingContract extends TargetUnderContract {
  /** A request that fits in one small frame, and its answer. */
  String REQUEST = "{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"\u00e9\"}";

  /** The answer to {@link #REQUEST}. */
  String ANSWER = "{\"id\":\"1\",\"body\":\"\u00e9\"}";

  @Test
  default void messageMayComeInSeveralFrames() {
    try (ChatClient client = ChatClient.connect(url())) {
      client.sendPart(REQUEST.substring(0, 5), false);
      client.sendPart("", false);
      client.sendPart(REQUEST.substring(5), true);
      assertEquals(ANSWER, client.next());
    }
  }

  @Test
  default void frameMayEndInsideACharacterAndAPingMayComeBetween() throws IOException {
    byte[] request = REQUEST.getBytes(StandardCharsets.UTF_8);
    int inside = REQUEST.indexOf('\u00e9') + 1;
    byte[] start = Arrays.copyOf(request, inside);
    byte[] rest = Arrays.copyOfRange(request, inside, request.length);
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.TEXT, false, start);
      raw.frame(RawSocket.PING, true, new byte[] {7});
      Received pong = raw.next();
      assertEquals(RawSocket.PONG, pong.opcode());
      assertEquals(ByteBuffer.wrap(new byte[] {7}), pong.payload());
      raw.frame(RawSocket.CONTINUATION, true, rest);
      assertEquals(ANSWER, raw.next().text());
    }
  }

  @Test
  default void pingIsAnsweredWithItsBytes() {
    try (ChatClient client = ChatClient.connect(url())) {
      client.ping(new byte[0]).ping(new byte[] {1, 2, 3}).ping(new byte[125]);
      client.expectNothing();
    }
  }

  @Test
  default void pongNobodyAskedForIsIgnored() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.PONG, true, new byte[] {1});
      assertEquals(ANSWER, raw.text(REQUEST).next().text());
    }
  }

  @Test
  default void closeIsAnsweredWithItsCodeAndTheConnectionEnds() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe8});
      assertEquals(1000, raw.closeCode());
      assertTrue(raw.isAtEnd());
    }
  }

  @Test
  default void closeWithoutCodeIsAnswered() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.CLOSE, true, new byte[0]);
      assertEquals(RawSocket.CLOSE, raw.next().opcode());
      assertTrue(raw.isAtEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535})
  default void reservedCloseCodesAreAnsweredWith1002(int code) throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.CLOSE, true, new byte[] {(byte) (code >> 8), (byte) code});
      assertEquals(1002, raw.closeCode());
    }
  }

  @Test
  default void invalidUtf8ClosesWith1007() throws IOException {
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.TEXT, true, new byte[] {'a', (byte) 0xc3, '('});
      assertEquals(1007, raw.closeCode());
    }
    try (RawSocket raw = RawSocket.connect(url())) {
      raw.frame(RawSocket.TEXT, false, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
      raw.frame(RawSocket.CONTINUATION, true, new byte[0]);
      assertEquals(1007, raw.closeCode());
    }
  }

  @Test
  default void framesAgainstTheStandardCloseWith1002() throws IOException {
    byte[][] broken = {
      {(byte) 0x81, 0x01, 'a'}, // not masked
      {(byte) 0xc1, (byte) 0x81, 1, 2, 3, 4, 0}, // reserved bit
      {(byte) 0x83, (byte) 0x80, 1, 2, 3, 4}, // reserved opcode
      {(byte) 0x80, (byte) 0x81, 1, 2, 3, 4, 0}, // continuation of nothing
      {0x09, (byte) 0x80, 1, 2, 3, 4}, // ping in fragments
      {(byte) 0x88, (byte) 0x81, 1, 2, 3, 4, 0}, // close with half a code
    };
    for (byte[] frame : broken) {
      try (RawSocket raw = RawSocket.connect(url())) {
        assertEquals(1002, raw.bytes(frame).closeCode());
      }
    }
  }
}
