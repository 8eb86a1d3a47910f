package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.RoomMembership;
import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.baseline.chat.AudienceSource;
import dev.fanbench.baseline.chat.InMemoryChat;
import dev.fanbench.baseline.chat.RoomLimits;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.rpc.RpcOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that are answered with the error frame: without a socket, to choose the moment. */
class RefusalTest {
  private static final int FRAME_HEADER_BYTES = 2;

  private final RequestGate requestGate = new RequestGate();
  private final ServerCounterSet counters = new ServerCounterSet(PooledByteBufAllocator.DEFAULT);
  private final EmbeddedChannel connection = new EmbeddedChannel();

  RefusalTest() {
    PingSchedule noPings = new PingSchedule(InstantSource.system(), Duration.ZERO, counters.pings);
    FrameGate gate = new FrameGate(counters.readsPaused, noPings);
    InMemoryChat chat =
        new InMemoryChat(
            AudienceSource.local(BrokenAudience::new),
            InstantSource.system(),
            RoomLimits.defaults(),
            counters.chat);
    connection
        .pipeline()
        .addLast(Subscriber.ENCODER, new WebSocket13FrameEncoder(false))
        .addLast(
            gate,
            new ConnectionHandler(
                channel ->
                    new ChatConversation(
                        channel,
                        new UpgradeHandler.Agreed(Optional.empty(), false),
                        gate,
                        Frame::classify,
                        chat,
                        RpcOptions.defaults(),
                        counters,
                        requestGate),
                gate,
                counters));
  }

  @AfterEach
  void end() {
    assertFalse(connection.finish(), "nothing is left to send");
  }

  @Test
  void requestsAreRefusedAndNotDroppedWhileStopping() {
    String rpc = "{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"\"}";
    assertEquals("{\"id\":\"1\",\"body\":\"\"}", ask(rpc));
    requestGate.stop();
    assertErrorFrame(ask(rpc));
    assertEquals(1, counters.frames.refused().sum());
    assertTrue(connection.isOpen());
  }

  @Test
  void failureIsAnsweredAndTheConnectionStays() {
    assertErrorFrame(ask("hello"));
    assertEquals("Set username to bz", ask("/name bz"));
    assertTrue(connection.isOpen());
  }

  private String ask(String text) {
    connection.writeInbound(new TextWebSocketFrame(text));
    ByteBuf frame = connection.readOutbound();
    try {
      return frame.skipBytes(FRAME_HEADER_BYTES).toString(StandardCharsets.UTF_8);
    } finally {
      frame.release();
    }
  }

  private static void assertErrorFrame(String text) {
    assertTrue(text.startsWith("{\"message\": \"Internal server error\", "), text);
  }

  /** An audience nobody can speak to. */
  private static final class BrokenAudience implements Broadcaster {
    @Override
    public RoomMembership join(Subscriber subscriber) {
      return () -> {};
    }

    @Override
    public void publish(String text, Subscriber except) {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    public void publishEncoded(List<byte[]> texts) {
      throw new IllegalStateException("broken on purpose");
    }

    @Override
    public int size() {
      return 0;
    }
  }
}
