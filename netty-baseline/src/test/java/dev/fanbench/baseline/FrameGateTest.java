package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameGateTest {
  private static final int MOST_PENDING_BYTES = 2_048;

  private final List<String> passed = new ArrayList<>();
  private boolean passedByAWrite;

  private final FrameGate gate =
      new FrameGate(
          new LongAdder(),
          new PingSchedule(InstantSource.system(), Duration.ZERO, new PingCounter()));

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          gate,
          new SimpleChannelInboundHandler<TextWebSocketFrame>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
              passed.add(frame.text());
              passedByAWrite |= isBelow(ChannelOutboundBuffer.class);
            }
          });

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /**
   * A delivery writes to one member after another. If a member's held frame were handled in
   * between, its publication would be joined with the one that is under way.
   */
  @Test
  void aFrameThatWasHeldBackIsNotPassedInTheMiddleOfAWrite() {
    channel
        .config()
        .setWriteBufferWaterMark(
            new WriteBufferWaterMark(MOST_PENDING_BYTES / 2, MOST_PENDING_BYTES));
    channel.write(Unpooled.buffer(700).writerIndex(700));
    gate.began(1_300);
    channel.pipeline().fireChannelRead(new TextWebSocketFrame("held"));
    assertEquals(List.of(), passed);

    channel.write(Unpooled.buffer(1_500).writerIndex(1_500));
    assertFalse(channel.isWritable());
    channel.flush();
    channel.runPendingTasks();

    assertTrue(channel.isWritable());
    assertEquals(List.of("held"), passed);
    assertFalse(passedByAWrite);
  }

  private static boolean isBelow(Class<?> type) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(type.getName())));
  }
}
