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
  private final boolean deflates;
  private boolean finished;

  /** The copies that wait while it is slow; null if it never was. */
  private Backlog backlog;

  private boolean resuming;

  /** The number of publications under delivery that leave this subscriber out; changed by them. */
  int exceptions;

  /**
   * A subscriber at the other end of {@code channel}.
   *
   * @param channel a channel with a handler named {@link #ENCODER}
   * @param deflates whether it agreed to be sent deflated frames
   */
  public Subscriber(Channel channel, boolean deflates) {
    this.channel = channel;
    this.deflates = deflates;
    this.encoder =
        Objects.requireNonNull(channel.pipeline().context(ENCODER), "no handler named " + ENCODER);
  }

  /** The connection. */
  public Channel channel() {
    return channel;
  }

  boolean deflates() {
    return deflates;
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  /** Writes a text to this client alone, behind everything that was published before. */
  public void send(String text) {
    Outbox.ofThisLoop().flush();
    catchUp();
    if (isOpen()) {
      ByteBuf frame = TextFrameWriter.encode(channel.alloc(), text);
      encoder.writeAndFlush(frame, encoder.voidPromise());
    }
  }

  /**
   * Ends all writing of text, after what was published so far: a Close frame is on its way, and
   * nothing may follow it.
   */
  public void finish() {
    Outbox.ofThisLoop().flush();
    catchUp();
    finished = true;
  }

  /** Whether text may still be written. */
  boolean isOpen() {
    return !finished && channel.isActive();
  }

  /** Whether less waits for this client than the channel's high-water mark. */
  boolean isKeepingUp() {
    return channel.isWritable() && (backlog == null || backlog.isEmpty());
  }

  /** Does with its copies what the policy says, while it does not keep up. */
  void fallBehind(SlowPolicy slow, JoinedPublication publications, DeliveryCounter counters) {
    if (slow instanceof SlowPolicy.Conflate) {
      publications.eachFor(this, backlog(counters)::keepLatest);
    } else if (slow instanceof SlowPolicy.Buffer buffer) {
      Backlog kept = backlog(counters);
      publications.eachFor(this, copy -> kept.keepWithin(buffer.bytes(), copy));
    } else {
      counters.countWithheld(publications.copiesFor(this));
      if (slow instanceof SlowPolicy.Disconnect) {
        counters.countDisconnected();
        channel.close();
      }
    }
  }

  private Backlog backlog(DeliveryCounter counters) {
    if (backlog == null) {
      backlog = new Backlog(counters);
    }
    return backlog;
  }

  /** Delivers what was kept for this client while it was slow, as far as it keeps up now. */
  public void resume() {
    // Writing makes the channel unwritable and writable again, which comes back here.
    if (resuming || backlog == null) {
      return;
    }
    resuming = true;
    while (channel.isWritable() && !backlog.isEmpty()) {
      backlog.writeTo(encoder, false);
    }
    resuming = false;
  }

  /** Leaves nothing behind that would be overtaken or lost; the channel takes it all for once. */
  private void catchUp() {
    if (backlog == null || backlog.isEmpty()) {
      return;
    }
    if (isOpen()) {
      backlog.writeTo(encoder, true);
    } else {
      backlog.withhold();
    }
  }

  /** Writes encoded frames, and takes over their reference. */
  void write(ByteBuf frames) {
    encoder.writeAndFlush(frames, encoder.voidPromise());
  }
}
