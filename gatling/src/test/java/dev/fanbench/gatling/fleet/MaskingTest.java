package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 125, 126, 65_535, 65_536, 100_000})
  void nettyReadsWhatIsMasked(int length) {
    byte[] payload =
        "fanbench ".repeat(length / 9 + 1).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    ByteBuf out = Unpooled.buffer();
    Masking.append(out, Masking.TEXT, payload.clone(), length, 0x9a3b_c0f1);

    EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, 200_000));
    server.writeInbound(out);
    TextWebSocketFrame frame = server.readInbound();
    assertEquals(new String(payload, StandardCharsets.US_ASCII), frame.text());
    frame.release();
    server.finishAndReleaseAll();
  }
}
