package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.Objects;

/**
 * One connected client as something to write to. Everything here but {@link #channel()} belongs to
 * the channel's event loop.
 *
 * <p>Text frames come here already encoded and are written below the WebSocket encoder. So they
 * also pass by its guard against writing after a Close, and {@link #finish()} takes its place.
 */
public final class Subscriber {
  /** Netty's name of the encoder that its handshake puts into a pipeline. */
  public static final String ENCODER = "wsencoder";

  private final Channel channel;
  private final ChannelHandlerContext encoder;
  private boolean finished;

  /** How many of the publications being delivered leave this subscriber out; theirs to change. */
  int exceptions;

  /**
   * A subscriber at the other end of {@code channel}.
   *
   * @param channel a channel with a handler named {@link #ENCODER}
   */
  public Subscriber(Channel channel) {
    this.channel = channel;
    this.encoder =
        Objects.requireNonNull(channel.pipeline().context(ENCODER), "no handler named " + ENCODER);
  }

  /** The connection. */
  public Channel channel() {
    return channel;
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  /** Writes a text to this client alone, behind everything that was written before. */
  public void send(String text) {
    Outbox.ofThisLoop().flush();
    if (isOpen()) {
      ByteBuf frame = TextFrames.encode(channel.alloc(), text);
      encoder.writeAndFlush(frame, encoder.voidPromise());
    }
  }

  /**
   * Ends all writing of text, after what was published so far: a Close frame is on its way, and
   * nothing may follow it.
   */
  public void finish() {
    Outbox.ofThisLoop().flush();
    finished = true;
  }

  /** Whether text may still be written. */
  boolean isOpen() {
    return !finished && channel.isActive();
  }

  /** Whether less waits for this client than the channel's high-water mark. */
  boolean isKeepingUp() {
    return channel.isWritable();
  }

  /** Writes encoded frames, and takes over their reference. */
  void write(ByteBuf frames) {
    encoder.writeAndFlush(frames, encoder.voidPromise());
  }
}
