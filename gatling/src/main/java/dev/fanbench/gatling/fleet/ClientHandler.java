package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.measurement.stamp.StampReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The hot path: bytes of one connection in, deliveries to the loop's recorder out. The only handler
 * in its pipeline but for TLS. Confined to its loop, but for {@link #closing()}.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter implements FrameSink {
  private static final long CLOSE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int NORMAL_CLOSURE = 1000;
  private static final int NO_SUBSCRIBER = -1;

  private final Client client;
  private final FleetLoop loop;
  private final SocketChannel socket;
  private final IdentityTable identities;
  private final FrameDecoder decoder = new FrameDecoder();

  /** Number to record deliveries under, or NO_SUBSCRIBER. */
  private int subscriber = NO_SUBSCRIBER;

  /** Reads of the socket in this turn of its loop. */
  private int reads;

  private final Dialogue dialogue;
  private volatile boolean closing;
  private Future<?> grace;
  private Throwable broken;

  /** The way in which the connection was lost; empty unless it was. */
  private String lostBecause = "";

  ClientHandler(
      Client client, FleetLoop loop, SocketChannel socket, FleetConfig route, FrameContext values) {
    this.client = client;
    this.loop = loop;
    this.socket = socket;
    this.identities = route.identities();
    this.dialogue = new Dialogue(route, values, this, loop);
  }

  Client client() {
    return client;
  }

  Dialogue dialogue() {
    return dialogue;
  }

  void role(StampMeaning role) {
    if (role instanceof StampMeaning.Subscriber member) {
      subscriber = member.index();
    } else if (role instanceof StampMeaning.RoundTrip asking) {
      subscriber = asking.index();
    } else {
      subscriber = NO_SUBSCRIBER;
    }
  }

  /** The target may send deflated messages. */
  void inflate() {
    decoder.inflateBy(loop.inflation());
  }

  boolean closing() {
    return closing;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    loop.readLag.reads();
    reads++;
    try {
      int length = in.readableBytes();
      loop.receivedBytes += length;
      decode(loop.bytesOf(in), 0, length);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (reads >= ClientTransport.READS_AT_ONCE) {
      loop.readLag.leaves();
    }
    reads = 0;
  }

  void decode(byte[] bytes, int from, int to) {
    decoder.decode(bytes, from, to, this);
  }

  /** Every stamp in a message is a delivery: some servers put queued messages into one frame. */
  @Override
  public void message(byte[] bytes, int offset, int length) {
    if (loop.trace != null) {
      loop.trace.received(client, bytes, offset, length);
    }
    long now = loop.clock.nanoTime();
    long lag = loop.readLag.nanos(now);
    StampReader stamp = loop.stamp;
    int end = offset + length;
    int at = stamp.find(bytes, offset, end);
    if (at < 0) {
      dialogue.received(bytes, offset, length);
      return;
    }
    do {
      if (subscriber == NO_SUBSCRIBER) {
        loop.recorder.otherCopy();
      } else {
        loop.recorder.delivered(
            subscriber, stamp.publisher(), stamp.sequence(), stamp.intendedAtNanos(), now, lag);
      }
      at = stamp.find(bytes, loop.behindPadding(bytes, at, end), end);
    } while (at >= 0);
    dialogue.receivedStamped(bytes, offset, length);
  }

  @Override
  public void ping(byte[] bytes, int offset, int length) {
    if (!closing) {
      byte[] echo = new byte[length];
      System.arraycopy(bytes, offset, echo, 0, length);
      if (loop.trace != null) {
        loop.trace.keptAlive(client, "a ping of WebSocket", true);
      }
      write(Masking.PONG, echo);
    }
  }

  @Override
  public void pong(byte[] bytes, int offset, int length) {}

  @Override
  public void close(int code, String reason) {
    if (!closing) {
      String said = reason.isEmpty() ? "" : " '" + identities.hide(reason) + "'";
      lost(code, "the target closed the connection with " + code + said);
      writeClose(code == FrameDecoder.NO_CLOSE_CODE ? NORMAL_CLOSURE : code);
      closeWithinGrace();
    }
  }

  @Override
  public void violation(int code, String what) {
    if (!closing) {
      lost(LostConnection.ABNORMAL, "the target broke the WebSocket protocol: " + what);
      writeClose(code);
      closeSocket();
    } else {
      closeSocket();
    }
  }

  /** The socket is closed. */
  void ended() {
    loop.clients.remove(client);
    if (grace != null) {
      grace.cancel(false);
    }
    if (!closing) {
      lost(
          LostConnection.ABNORMAL,
          "the connection broke" + (broken == null ? "" : ": " + broken.getMessage()));
    }
    dialogue.ended(lostBecause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    loop.caught(cause);
    broken = cause;
    closeSocket();
  }

  /** Joins a room, where the dialect has any. */
  void begin(PendingJoin next) {
    if (closing || !socket.isActive()) {
      dialogue.declineJoin(next, lostBecause);
    } else {
      dialogue.join(next);
    }
  }

  /** Closes a connection that is of no use, and reports it as lost. */
  void giveUp(String why) {
    if (!closing) {
      lost(LostConnection.ABNORMAL, why);
      writeClose(NORMAL_CLOSURE);
      closeSocket();
    }
  }

  void beginClosing() {
    if (!closing && socket.isActive()) {
      dialogue.leave();
      closing = true;
      writeClose(NORMAL_CLOSURE);
      closeWithinGrace();
      dialogue.ended(lostBecause);
    }
  }

  /** Writes one masked frame; {@code payload} is masked in place. */
  void write(int firstByte, byte[] payload) {
    if (loop.trace != null && firstByte < Masking.CLOSE) {
      loop.trace.sent(client, payload);
    }
    byte[] copy = loop.composing(payload.length);
    System.arraycopy(payload, 0, copy, 0, payload.length);
    write(frame(firstByte, copy, payload.length));
  }

  /** One frame in a buffer of its own; {@code payload} is masked in place. */
  ByteBuf frame(int firstByte, byte[] payload, int length) {
    ByteBuf frame = socket.alloc().directBuffer(length + Masking.MAX_HEADER_BYTES);
    Masking.append(frame, firstByte, payload, length, loop.randomMask());
    return frame;
  }

  /** Hands a frame over to the socket. A failure arrives in {@link #exceptionCaught}. */
  void write(ByteBuf frame) {
    var unused = socket.writeAndFlush(frame, socket.voidPromise());
  }

  /** Closes after written bytes have gone out, as far as the socket takes them. */
  private void closeSocket() {
    var unused = socket.close();
  }

  private void writeClose(int code) {
    write(closeFrame(code));
  }

  private ByteBuf closeFrame(int code) {
    byte[] payload = {(byte) (code >>> 8), (byte) code};
    return frame(Masking.CLOSE, payload, payload.length);
  }

  /** The target is to close first, so that the ports that wait for stragglers are its own. */
  private void closeWithinGrace() {
    grace = loop.after(CLOSE_GRACE_NANOS, this::closeSocket);
  }

  private void lost(int closeCode, String reason) {
    closing = true;
    lostBecause = reason;
    loop.lost(new LostConnection(client, closeCode, reason));
    // The socket may stay open for a while, and nothing that comes is an answer any more.
    dialogue.ended(reason);
  }
}
