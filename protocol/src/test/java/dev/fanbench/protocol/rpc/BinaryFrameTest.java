package dev.fanbench.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.rpc.BinaryFrame.Notice;
import dev.fanbench.protocol.rpc.BinaryFrame.Request;
import dev.fanbench.protocol.rpc.BinaryFrame.Response;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryFrameTest {

  @Test
  void vectorsOfTheProtocol() {
    ByteBuffer body = bytes("01020304");
    assertTravels("01000000000000000101020304", new Request(1, body));
    assertTravels("00000000000000000101020304", new Response(1, body));
    assertTravels("ff01020304", new Notice(body));
  }

  @Test
  void idsAreSignedAndBodiesMayBeEmpty() {
    ByteBuffer empty = bytes("");
    assertTravels("01ffffffffffffffff", new Request(-1, empty));
    assertTravels("008000000000000000", new Response(Long.MIN_VALUE, empty));
    assertTravels("017fffffffffffffff", new Request(Long.MAX_VALUE, empty));
    assertTravels("ff", new Notice(empty));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "00",
        "0100000000000000",
        "0000000000000000",
        "020000000000000001",
        "fe"
      })
  void theRestIsMalformed(String hex) {
    assertEquals(Optional.empty(), BinaryFrame.parse(bytes(hex)));
  }

  @Test
  void readingAndWritingLeaveBuffersAsTheyWere() {
    ByteBuffer body = bytes("0102").position(1);
    Request request = new Request(7, body);
    assertEquals(bytes("01000000000000000702"), request.encode());
    assertEquals(bytes("01000000000000000702"), request.encode());
    ByteBuffer frame = bytes("aaff0102").position(1);
    assertEquals(Optional.of(new Notice(bytes("0102"))), BinaryFrame.parse(frame));
    assertEquals(1, frame.position());
  }

  private static void assertTravels(String hex, BinaryFrame frame) {
    assertEquals(bytes(hex), frame.encode());
    assertEquals(Optional.of(frame), BinaryFrame.parse(bytes(hex)));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
