package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Close that never gets through to a client, as one that reads nothing leaves no room for it. */
class UntakenCloseTest {
  private final ServerCounterSet counters = new ServerCounterSet(PooledByteBufAllocator.DEFAULT);
  private final EmbeddedChannel connection = new EmbeddedChannel(new FullSocket());

  UntakenCloseTest() {
    connection.freezeTime();
    PingSchedule noPings = new PingSchedule(InstantSource.system(), Duration.ZERO, counters.pings);
    FrameGate gate = new FrameGate(counters.readsPaused, noPings);
    connection
        .pipeline()
        .addLast(gate, new ConnectionHandler(channel -> new Silence(), gate, counters));
  }

  @AfterEach
  void end() {
    connection.finishAndReleaseAll();
  }

  @Test
  void closeOfTheServersThatIsNotTakenEndsTheConnection() {
    connection.pipeline().fireUserEventTriggered(new ConnectionHandler.GoAway());
    assertEndsAfterTenSeconds();
  }

  @Test
  void answerToACloseThatIsNotTakenEndsTheConnection() {
    connection.writeInbound(new CloseWebSocketFrame(1000, ""));
    assertEndsAfterTenSeconds();
  }

  @Test
  void violationIsNotWaitedForEither() {
    connection.pipeline().fireExceptionCaught(new TooLongFrameException("too long"));
    assertEndsAfterTenSeconds();
  }

  private void assertEndsAfterTenSeconds() {
    connection.writeInbound(new TextWebSocketFrame("is read and thrown away"));
    pass(ConnectionHandler.LONGEST_CLOSE_SECONDS * 1_000 - 1);
    assertTrue(connection.isOpen());
    pass(1);
    assertFalse(connection.isOpen());
    assertEquals(0, counters.framesReceived.sum());
  }

  private void pass(long millis) {
    connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
  }

  /** Takes what is written and never sends it. */
  private static final class FullSocket extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
    }
  }

  /** Says nothing and is not asked. */
  private record Silence() implements Conversation {
    @Override
    public void text(ByteBuf utf8) {}

    @Override
    public void binary(ByteBuf bytes) {}

    @Override
    public void writable() {}

    @Override
    public void end(int code) {}
  }
}
