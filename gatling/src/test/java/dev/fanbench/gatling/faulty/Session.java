package dev.fanbench.gatling.faulty;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Envelope;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.InitialRoom;
import dev.fanbench.protocol.ReplyFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One connection to a {@link FaultyTarget}. Confined to the target's only event loop. */
final class Session extends SimpleChannelInboundHandler<TextWebSocketFrame>
    implements Frame.Visitor<Void> {
  /** A text of one character, as it is on the wire. */
  private static final byte[] SHORT_FRAME = {(byte) 0x81, 1, '.'};

  private final FaultyRooms rooms;
  private ChannelHandlerContext context;
  private String room = InitialRoom.FIRST_ROOM;
  private String name = InitialRoom.FIRST_NAME;

  /** A delivery held back until the next one has gone ahead. */
  String held;

  Session(FaultyRooms rooms) {
    this.rooms = rooms;
  }

  ScheduledExecutorService loop() {
    return context.executor();
  }

  void stopReading(Duration duration) {
    ChannelConfig config = context.channel().config();
    config.setAutoRead(false);
    var unused =
        context
            .executor()
            .schedule(() -> config.setAutoRead(true), duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  void send(String text) {
    var unused = context.writeAndFlush(new TextWebSocketFrame(text));
  }

  /** Both in one write, so that a load which has read the first has read the second. */
  void sendTwice(String text) {
    var unused = context.write(new TextWebSocketFrame(text));
    send(text);
  }

  /** The text and many short frames behind it, in one write. */
  void flood(String text, int frames) {
    ByteBuf behind = context.alloc().buffer(frames * SHORT_FRAME.length);
    for (int frame = 0; frame < frames; frame++) {
      behind.writeBytes(SHORT_FRAME);
    }
    var unused = context.write(new TextWebSocketFrame(text));
    unused = context.writeAndFlush(behind);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext opened, Object event) throws Exception {
    if (event instanceof HandshakeComplete) {
      context = opened;
      if (rooms.fault() instanceof Fault.HangUp hangUp) {
        var unused = opened.writeAndFlush(new CloseWebSocketFrame(hangUp.code(), ""));
      }
      rooms.enter(room, this);
    }
    super.userEventTriggered(opened, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    rooms.leave(room, this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
    var unused = broken.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext read, TextWebSocketFrame frame) {
    if (rooms.fault() instanceof Fault.Roomless) {
      rooms.publishToAll(frame.text());
    } else {
      Frame.classify(frame.text()).accept(this);
    }
  }

  @Override
  public Void blank() {
    return null;
  }

  @Override
  public Void chatText(String text) {
    rooms.publish(room, this, ReplyFormat.chatLine(room, name, text));
    return null;
  }

  @Override
  public Void name(String next) {
    name = next;
    send(ReplyFormat.nameSet(name));
    return null;
  }

  @Override
  public Void channel(String next) {
    rooms.leave(room, this);
    room = next;
    rooms.enter(room, this);
    send(ReplyFormat.channelChanged(room));
    return null;
  }

  @Override
  public Void help() {
    send(ReplyFormat.HELP);
    return null;
  }

  @Override
  public Void rpc(Rpc request) {
    rooms.answer(this, ReplyFormat.rpc(request));
    return null;
  }

  @Override
  public Void fetchChannels() {
    return unsupported("fetchChannels");
  }

  @Override
  public Void broadcast(Broadcast broadcast) {
    return unsupported("broadcast");
  }

  @Override
  public Void envelope(Envelope envelope) {
    return unsupported("envelopes");
  }

  @Override
  public Void malformed(String reason) {
    return unsupported(reason);
  }

  private Void unsupported(String what) {
    send("this target has no " + what);
    return null;
  }
}
