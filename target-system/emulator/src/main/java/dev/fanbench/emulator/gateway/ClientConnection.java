package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client, from the moment it asks to be let in. Thread-safe, but for the begin of the close,
 * which belongs to the connection's event loop.
 */
final class ClientConnection {
  private final String id;
  private final Channel channel;
  private final long connectedAtMillis;
  private final String domainName;
  private final String sourceIp;
  private final String userAgent;
  private volatile long lastActiveAtMillis;
  private volatile Map<String, String> authorizer = Map.of();
  private boolean closing;

  /** Bytes of frames that are announced and not yet with the channel, which counts its own. */
  private final AtomicLong bytesOnTheWay = new AtomicLong();

  /**
   * @param domainName the host that the client asked for, with its port
   * @param userAgent as the client names itself, or {@code null}
   */
  ClientConnection(
      String id,
      Channel channel,
      long connectedAtMillis,
      String domainName,
      String sourceIp,
      String userAgent) {
    this.id = id;
    this.channel = channel;
    this.connectedAtMillis = connectedAtMillis;
    this.domainName = domainName;
    this.sourceIp = sourceIp;
    this.userAgent = userAgent;
    this.lastActiveAtMillis = connectedAtMillis;
  }

  String id() {
    return id;
  }

  Channel channel() {
    return channel;
  }

  long connectedAtMillis() {
    return connectedAtMillis;
  }

  String domainName() {
    return domainName;
  }

  String sourceIp() {
    return sourceIp;
  }

  String userAgent() {
    return userAgent;
  }

  /** The authorizer's context of the client, for every event; empty without an authorizer. */
  Map<String, String> authorizer() {
    return authorizer;
  }

  void authorized(Map<String, String> said) {
    authorizer = said;
  }

  long lastActiveAtMillis() {
    return lastActiveAtMillis;
  }

  void activeAt(long millis) {
    lastActiveAtMillis = millis;
  }

  /**
   * Begins the close: nothing is sent after it. For the connection's event loop only.
   *
   * @return whether this is the first call
   */
  boolean beginClose() {
    boolean first = !closing;
    closing = true;
    return first;
  }

  /** Whether the close has begun. For the connection's event loop only. */
  boolean isClosing() {
    return closing;
  }

  /** Announces a frame of {@code bytes}, which {@link #send} is called for in time. */
  void expect(int bytes) {
    bytesOnTheWay.addAndGet(bytes);
  }

  /** Whether the client reads what it is sent, as far as {@code most} bytes may be on the way. */
  boolean keepsUp(int most) {
    return channel.isWritable() && bytesOnTheWay.get() <= most;
  }

  /**
   * Sends text to the client, from any thread, in the order of calls; takes over the buffer. The
   * text was announced by {@link #expect}.
   */
  void send(ByteBuf text) {
    if (channel.eventLoop().inEventLoop()) {
      write(text);
    } else {
      try {
        channel.eventLoop().execute(() -> write(text));
      } catch (RejectedExecutionException stopped) {
        // The client's loop has stopped, and the client with it.
        text.release();
      }
    }
  }

  private void write(ByteBuf text) {
    int bytes = text.readableBytes();
    bytesOnTheWay.addAndGet(-bytes);
    if (closing) {
      text.release();
    } else {
      // The void promise saves an object for each delivery; a failed write closes the channel.
      channel.write(new TextWebSocketFrame(text), channel.voidPromise());
      FlushQueue.frame(channel, bytes);
    }
  }
}
