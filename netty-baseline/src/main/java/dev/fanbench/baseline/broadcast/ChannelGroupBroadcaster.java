package dev.fanbench.baseline.broadcast;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatcher;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.List;

/**
 * Netty's channel group, as its examples use it. Each member's pipeline encodes the frame again.
 * Each copy is a task of its own on other loops. Each publication has a future of futures.
 */
final class ChannelGroupBroadcaster implements Broadcaster {
  private final ChannelGroup members = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final DeliveryCounter counters;

  ChannelGroupBroadcaster(DeliveryCounter counters) {
    this.counters = counters;
  }

  @Override
  public RoomMembership join(Subscriber subscriber) {
    members.add(subscriber.channel());
    return () -> members.remove(subscriber.channel());
  }

  @Override
  public void publish(String text, Subscriber except) {
    deliver(new TextWebSocketFrame(text), except == null ? null : except.channel());
  }

  @Override
  public void publishEncoded(List<byte[]> texts) {
    texts.forEach(utf8 -> deliver(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)), null));
  }

  private void deliver(TextWebSocketFrame frame, Channel except) {
    Copies copies = new Copies(except);
    members.writeAndFlush(frame, copies);
    counters.countSent(copies.sent, copies.sent);
    counters.countWithheld(copies.slow);
  }

  @Override
  public int size() {
    return members.size();
  }

  /**
   * Chooses who gets a copy of one publication, and counts. The group asks for each member once.
   */
  private static final class Copies implements ChannelMatcher {
    private final Channel except;
    private int sent;
    private int slow;

    Copies(Channel except) {
      this.except = except;
    }

    @Override
    public boolean matches(Channel member) {
      if (member == except) {
        return false;
      }
      if (member.isWritable()) {
        sent++;
        return true;
      }
      slow++;
      return false;
    }
  }
}
