package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.stamp.StampReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.util.Optional;
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
  private final FrameDecoder decoder = new FrameDecoder();

  /** Number to record deliveries under, or NO_SUBSCRIBER. */
  private int subscriber = NO_SUBSCRIBER;

  private PendingJoin join;
  private volatile boolean closing;
  private Future<?> grace;
  private Throwable broken;

  /** The way in which the connection was lost; empty unless it was. */
  private String lostBecause = "";

  ClientHandler(Client client, FleetLoop loop, SocketChannel socket) {
    this.client = client;
    this.loop = loop;
    this.socket = socket;
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
    try {
      int length = in.readableBytes();
      decode(loop.bytesOf(in), 0, length);
    } finally {
      in.release();
    }
  }

  void decode(byte[] bytes, int from, int to) {
    decoder.decode(bytes, from, to, this);
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    long now = loop.clock.nanoTime();
    long lag = loop.readLag.nanos(now);
    StampReader stamp = loop.stamp;
    if (!stamp.read(bytes, offset, length)) {
      unstamped(bytes, offset, length);
    } else if (subscriber == NO_SUBSCRIBER) {
      loop.recorder.otherCopy();
    } else {
      loop.recorder.delivered(
          subscriber, stamp.publisher(), stamp.sequence(), stamp.intendedAtNanos(), now, lag);
    }
  }

  private void unstamped(byte[] bytes, int offset, int length) {
    Optional<JoinOutcome> decided =
        join == null ? Optional.empty() : join.decidedBy(bytes, offset, length);
    if (decided.isPresent()) {
      PendingJoin ended = join;
      join = null;
      ended.end(decided.get());
    } else {
      loop.recorder.other();
    }
  }

  @Override
  public void binary(byte[] bytes, int offset, int length) {
    loop.recorder.other();
  }

  @Override
  public void ping(byte[] bytes, int offset, int length) {
    if (!closing) {
      byte[] echo = new byte[length];
      System.arraycopy(bytes, offset, echo, 0, length);
      write(Masking.PONG, echo);
    }
  }

  @Override
  public void pong(byte[] bytes, int offset, int length) {}

  @Override
  public void close(int code) {
    if (!closing) {
      lost(code, "the target closed the connection with " + code);
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
    endJoin();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    loop.caught(cause);
    broken = cause;
    closeSocket();
  }

  /** Sends the command and expects its answer, where the dialect has one. */
  void begin(PendingJoin next) {
    if (join != null) {
      next.outcome()
          .completeExceptionally(new IllegalStateException("a join is being waited for already"));
    } else if (closing || !socket.isActive()) {
      next.notConnected(lostBecause);
    } else if (next.command().isEmpty()) {
      loop.executor.execute(next::joined);
    } else {
      join = next;
      next.expireOn(loop, this::joinExpired);
      write(Masking.TEXT, next.command().get());
    }
  }

  private void joinExpired() {
    PendingJoin expired = join;
    join = null;
    expired.unanswered();
  }

  void beginClosing() {
    if (!closing && socket.isActive()) {
      closing = true;
      writeClose(NORMAL_CLOSURE);
      closeWithinGrace();
      endJoin();
    }
  }

  /** Writes one masked frame; {@code payload} is masked in place. */
  void write(int firstByte, byte[] payload) {
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

  private void endJoin() {
    if (join != null) {
      PendingJoin ended = join;
      join = null;
      ended.notConnected(lostBecause);
    }
  }

  private void lost(int closeCode, String reason) {
    closing = true;
    lostBecause = reason;
    loop.lost(new LostConnection(client, closeCode, reason));
  }
}
