package dev.fanbench.baseline;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;

/**
 * Signs of life of one client: any frame from it, or that it takes what is written to it. A client
 * that says nothing for an interval is pinged; at two pings without an answer its connection ends,
 * with 1001 where there is room for a Close. Belongs to the channel's event loop.
 */
final class ClientActivity {
  private static final int MOST_MISSED = 2;

  private final ChannelHandlerContext ctx;
  private final PingSchedule schedule;
  private boolean spoke;
  private int missed;
  private long leftBytes;

  /** The schedule's own. */
  long dueMillis;

  ClientActivity previous;
  ClientActivity next;
  boolean listed;

  /**
   * The activity of a client, on a schedule from now on.
   *
   * @param ctx behind the WebSocket encoder and decoder
   */
  ClientActivity(ChannelHandlerContext ctx, PingSchedule schedule) {
    this.ctx = ctx;
    this.schedule = schedule;
    schedule.add(this);
  }

  /** The client has sent a frame. */
  void heard(Object frame) {
    missed = 0;
    if (frame instanceof PongWebSocketFrame) {
      schedule.counters().answered().increment();
    } else {
      spoke = true;
    }
  }

  /** The connection ends: no ping may follow its Close. */
  void stop() {
    schedule.remove(this);
  }

  /** An interval has passed. */
  void beat() {
    if (spoke) {
      spoke = false;
    } else if (!ctx.channel().config().isAutoRead()) {
      beatUnread();
    } else if (missed == MOST_MISSED) {
      schedule.counters().unanswered().increment();
      ctx.fireUserEventTriggered(new ConnectionHandler.GoAway());
    } else {
      missed++;
      schedule.counters().sent().increment();
      ctx.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), ctx.voidPromise());
    }
  }

  /** A client that is not read from cannot answer; it lives while it takes what waits for it. */
  private void beatUnread() {
    long left = leftBytes();
    if (ctx.channel().isWritable() || left != leftBytes) {
      leftBytes = left;
      missed = 0;
    } else if (missed == MOST_MISSED) {
      schedule.counters().unanswered().increment();
      ctx.close();
    } else {
      missed++;
    }
  }

  private long leftBytes() {
    ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
  }
}
