package dev.fanbench.jmh.sockets;

import io.netty.channel.Channel;

/**
 * A broadcaster of your own, for {@code Broadcaster -p kind=example.FlushTogether}. Its class has a
 * public constructor without parameters.
 *
 * <pre>{@code
 * public final class FlushTogether implements RoomBroadcaster {
 *   private final ChannelGroup members = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
 *
 *   public void join(Channel member) {
 *     members.add(member);
 *   }
 *
 *   public void publish(String text) {
 *     members.writeAndFlush(new TextWebSocketFrame(text));
 *   }
 * }
 * }</pre>
 *
 * <p>Both methods are called on the one event loop that all members have, so they need no lock. A
 * member's pipeline encodes WebSocket frames, and passes buffers on as they are. Its allocator is
 * pooled, and a trial fails when a buffer is not released.
 */
public interface RoomBroadcaster {

  /** Adds a member. From the return on it gets each publication. */
  void join(Channel member);

  /**
   * Sends a text to every member, as one text frame each. It may return before it has written, and
   * write in a later turn of the loop. A trial fails when a member gets another number of bytes.
   */
  void publish(String text);
}
