package dev.fanbench.baseline.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFrameWriterTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
  void aClientReadsWhatWasWritten(int bytes) {
    String text = bytes < 2 ? "x".repeat(bytes) : "\u00e9" + "x".repeat(bytes - 2);
    ByteBuf frame = TextFrameWriter.encode(PooledByteBufAllocator.DEFAULT, text);
    assertTrue(frame.isDirect());

    EmbeddedChannel client =
        new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1_000_000));
    assertTrue(client.writeInbound(frame));
    TextWebSocketFrame read = client.readInbound();
    assertEquals(text, read.text());
    assertTrue(read.isFinalFragment());
    read.release();
    assertTrue(!client.finish());
  }
}
