package dev.fanbench.baseline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A connection after its handshake: whole messages in, answers out, and an orderly end.
 *
 * <p>When this side closes first, it sends its Close, discards later frames, and waits a moment for
 * the client's Close. If the client broke the rules, it waits for the end of the client's stream.
 * Ending the connection at once would make the kernel answer the unread bytes with a reset, which
 * can overtake the Close and hide its code from the client.
 */
final class ConnectionHandler extends ChannelDuplexHandler {
  /** Asks a connection to end with 1001, behind everything that it has been sent. */
  record GoAway() {}

  private static final System.Logger LOG = System.getLogger(ConnectionHandler.class.getName());

  private static final long CLOSE_WAIT_MILLIS = 1_000;

  /** A client has this long to take what waits for it, the Close being the last of it. */
  static final long LONGEST_CLOSE_SECONDS = 10;

  private static final int LARGEST_CLOSE_CODE = 4_999;

  private final Function<Channel, Conversation> conversations;
  private final FrameGate gate;
  private final ServerCounterSet counters;
  private Conversation conversation;
  private boolean closing;

  /**
   * A handler for one connection.
   *
   * @param conversations begins the conversation on an upgraded connection
   * @param gate in front of this handler; told when nothing is answered any more
   */
  ConnectionHandler(
      Function<Channel, Conversation> conversations, FrameGate gate, ServerCounterSet counters) {
    this.conversations = conversations;
    this.gate = gate;
    this.counters = counters;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    conversation = conversations.apply(ctx.channel());
    counters.connectionsOpened.increment();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof CloseWebSocketFrame close) {
        closed(ctx, close.statusCode());
      } else if (!closing) {
        received(ctx, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void received(ChannelHandlerContext ctx, Object message) {
    if (message instanceof TextWebSocketFrame text) {
      counters.framesReceived.increment();
      conversation.text(text.content());
    } else if (message instanceof BinaryWebSocketFrame binary) {
      counters.framesReceived.increment();
      conversation.binary(binary.content());
    } else if (message instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), ctx.voidPromise());
    }
  }

  /** The client has sent its Close: answered with the same code, or the end of our own. */
  private void closed(ChannelHandlerContext ctx, int code) {
    if (closing) {
      ctx.close();
      return;
    }
    finish(code);
    giveUpLater(ctx, ctx.writeAndFlush(answerTo(code)).addListener(ChannelFutureListener.CLOSE));
  }

  /** Ends the connection of a client that does not take what is written to it. */
  private static void giveUpLater(ChannelHandlerContext ctx, ChannelFuture written) {
    if (!written.isDone()) {
      ctx.executor().schedule(() -> ctx.close(), LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static CloseWebSocketFrame answerTo(int code) {
    if (code < 0) {
      return new CloseWebSocketFrame();
    }
    return code > LARGEST_CLOSE_CODE
        ? new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR, "")
        : new CloseWebSocketFrame(code, "");
  }

  /** Ends the connection from this side, once: the Close, what follows it, the wait for theirs. */
  private void close(
      ChannelHandlerContext ctx, WebSocketCloseStatus status, ChannelFutureListener behind) {
    if (closing) {
      return;
    }
    finish(status.code());
    ChannelFuture closed =
        ctx.writeAndFlush(new CloseWebSocketFrame(status, ""))
            .addListener(behind)
            .addListener(
                written ->
                    ctx.executor()
                        .schedule(() -> ctx.close(), CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS));
    giveUpLater(ctx, closed);
  }

  /** A client that broke the rules is not waited for: the stream ends behind the Close. */
  private void fail(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
    close(
        ctx,
        status,
        written -> {
          if (written.channel() instanceof DuplexChannel stream) {
            stream.shutdownOutput();
          }
        });
  }

  /** From here on nothing but a Close may be written. */
  private void finish(int code) {
    closing = true;
    gate.discard();
    conversation.end(code);
  }

  /** Keeps deliveries that other event loops have queued from following a Close. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (closing) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
    } else {
      ctx.write(message, promise);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable() && !closing) {
      conversation.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    counters.connectionsClosed.increment();
    if (!closing) {
      finish(WebSocketCloseStatus.ABNORMAL_CLOSURE.code());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof GoAway) {
      close(ctx, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, written -> {});
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException violation) {
      fail(ctx, violation.closeStatus());
    } else if (cause instanceof TooLongFrameException) {
      fail(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
    } else {
      if (!isDisconnect(cause)) {
        LOG.log(Level.WARNING, "A connection failed", cause);
      }
      ctx.close();
    }
  }

  /** Whether the client is simply gone, in the middle of a message perhaps. */
  private static boolean isDisconnect(Throwable cause) {
    return cause instanceof IOException || cause instanceof PrematureChannelClosureException;
  }
}
